/** Figures of machines as they are: a graph that is drawn by hand, and neurons that are turned over where they stand. */
import { readFile } from "node:fs/promises";
import { chord, drawn, drawnAnew, opened, openSpec, shared } from "./page-parts.mjs";

const canvas = ".figure-canvas";

/** Opens a spec of its own, which owes nothing to the one before. */
async function open(page, spec) {
  await opened(page);
  await openSpec(page, { v: 1, title: "Another", ...spec });
  await opened(page);
  // Where nothing is drawn yet nothing can be pressed.
  await drawnAnew(page, "the figure");
}

/** The spec that is shared, once it is as wanted. */
async function sharedWhen(page, what, wanted) {
  let spec;
  await page.until(
    () => `${what}: ${JSON.stringify(spec)}`,
    async () => {
      spec = JSON.parse((await shared(page)).spec);
      return wanted(spec);
    },
  );
  return spec;
}

export default [
  ...["55-map-of-two-neurons", "78-largest-cut", "79-all-states-of-a-small-net", "92-round-trips-side-by-side"].map(
    (name) => ({
      name: `${name} opens on its figure, and its link need not say more`,
      async run({ page, check }) {
        await opened(page);
        const { expect, tags, ...spec } = JSON.parse(
          await readFile(new URL(`../../../www/presets/${name}.json`, import.meta.url), "utf8"),
        );
        await openSpec(page, spec);
        await page.waitFor("a figure", () => document.querySelector("#stage").dataset.figure);
        check.equal(JSON.parse((await shared(page)).spec).view.figure, spec.view.figure);
        // The grid is shared too: by its name only where a figure would lead.
        await page.set('.views input[value=""]', true);
        await page.waitFor(
          "the link",
          (named) => location.hash.includes("m=") && location.hash.includes("figure:") === named,
          !spec.view.figure,
        );
        const address = await page.url();
        await page.open(address);
        await opened(page);
        check.equal(await page.eval(() => document.querySelector("#stage").dataset.figure), undefined);
      },
    }),
  ),
  {
    name: "points of a graph are added, moved, joined and taken away by hand",
    async run({ page, check }) {
      const places = [[0.1, 0.1]];
      await open(page, { model: "graph", places, params: { temperature: 0 }, view: { speed: 4 } });
      const [first, second] = [
        [0.4, 0.3],
        [0.6, 0.6],
      ];
      // What is pressed is what is drawn there: the next press has to wait until this one is seen.
      const after = async (act, what, wanted) => {
        const { sum } = await drawn(page);
        await act();
        const spec = await sharedWhen(page, what, wanted);
        await drawnAnew(page, what, sum);
        return spec;
      };
      const click = (place) => () => page.click(canvas, ...place);
      const drag = (from, to) => () => page.drag(canvas, [from, to]);
      await after(click(first), "a point more", ({ places }) => places.length === 2);
      const both = await after(click(second), "another", ({ places }) => places.length === 3);
      check.ok(both.places[1][1] > both.places[2][1], "up is up");
      await after(click(first), "one gone", ({ places }) => places.length === 2);
      await after(click(first), "one more", ({ places }) => places.length === 3);
      const third = [0.4, 0.7];
      const moved = await after(drag(first, third), "moved", ({ places }) => places[2][1] < 0.5);
      check.ok(Math.abs(moved.places[2][0] - both.places[1][0]) < 0.02, JSON.stringify(moved.places));
      const { edges } = await after(drag(third, second), "joined", ({ edges }) => edges?.length === 1);
      check.deepEqual(edges, [[1, 2]]);
      await after(
        () => chord(page, "Control", "z"),
        "taken back",
        ({ edges }) => !edges,
      );
    },
  },
  {
    name: "a neuron of the network is turned over by key, and what is shown is told in a note",
    async run({ page, check }) {
      // Six on a circle, the first at the top.
      const ring = [0, 1, 2, 3, 4, 5];
      const weights = ring.map((i) => ring.map((j) => (i === j ? 0 : [1, 5].includes(Math.abs(i - j)) ? 1 : -0.5)));
      await opened(page);
      await openSpec(page, {
        v: 1,
        title: "By hand",
        model: "hopfield",
        weights,
        start: { state: "110000" },
        clamp: ring,
      });
      await opened(page);
      check.equal(await page.text(".views"), "PictureNetworkAll statesSpectrum");
      await page.set('.views input[value="network"]', true);
      await page.waitForText(".figure-note", "15 links");
      await page.eval((canvas) => document.querySelector(canvas).focus(), canvas);
      await page.press(...Array(13).fill("ArrowUp"), "Enter");
      await sharedWhen(page, "the uppermost turned over", ({ start }) => start.state === "010000");
      await page.click(".figure-words .note-button");
      await page.waitForText(".figure-words .note", "neurons");
      await page.press("Escape");
      await page.set('.views input[value="landscape"]', true);
      await page.waitForText(".figure-note", "All 64 states");
      await page.set('.views input[value="spectrum"]', true);
      await page.waitForText(".figure-note", "eigenvalues");
    },
  },
];

/** Figures of machines as they are: a graph that is drawn by hand, and neurons that are turned over where they stand. */
import { chord, opened, openSpec, shared } from "./page-parts.mjs";

const canvas = ".figure-canvas";

/** Opens a spec of its own, which owes nothing to the one before. */
async function open(page, spec) {
  await opened(page);
  await openSpec(page, { v: 1, title: "Another", ...spec });
  await opened(page);
  await page.waitFor("the figure", () => document.querySelector(".figure-canvas")?.checkVisibility());
}

/** The spec that is shared, once it is as wanted. */
async function sharedWhen(page, what, wanted) {
  for (let tries = 0; ; tries += 1) {
    const spec = JSON.parse((await shared(page)).spec);
    if (wanted(spec)) return spec;
    if (tries > 20) throw new Error(`${what}: ${JSON.stringify(spec)}`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

export default [
  {
    name: "points of a graph are added, moved, joined and taken away by hand",
    async run({ page, check }) {
      const places = [[0.1, 0.1]];
      await open(page, { model: "graph", places, params: { temperature: 0 }, view: { speed: 4 } });
      const [first, second] = [
        [0.4, 0.3],
        [0.6, 0.6],
      ];
      await page.click(canvas, ...first);
      await sharedWhen(page, "a point more", ({ places }) => places.length === 2);
      await page.click(canvas, ...second);
      const both = await sharedWhen(page, "another", ({ places }) => places.length === 3);
      check.ok(both.places[1][1] > both.places[2][1], "up is up");
      await page.click(canvas, ...first);
      await sharedWhen(page, "one gone", ({ places }) => places.length === 2);
      await page.click(canvas, ...first);
      await sharedWhen(page, "one more", ({ places }) => places.length === 3);
      const third = [0.4, 0.7];
      await page.drag(canvas, [first, third]);
      const moved = await sharedWhen(page, "moved", ({ places }) => places[2][1] < 0.5);
      check.ok(Math.abs(moved.places[2][0] - both.places[1][0]) < 0.02, JSON.stringify(moved.places));
      await page.drag(canvas, [third, second]);
      const { edges } = await sharedWhen(page, "joined", ({ edges }) => edges?.length === 1);
      check.deepEqual(edges, [[1, 2]]);
      await chord(page, "Control", "z");
      await sharedWhen(page, "taken back", ({ edges }) => !edges);
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

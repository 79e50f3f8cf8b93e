/** Figures in the place of the grid: drawn, pressed on, chosen and taken away. */
import { described, everyMark, landscape, network } from "../lib/figures.mjs";
import { acted, audit, drawn, drawnAnew, opened, openSpec, pretend, shared, specWith, stopped } from "./page-parts.mjs";

const canvas = ".figure-canvas";
const seen = (page, selector) =>
  page.eval((selector) => !!document.querySelector(selector)?.checkVisibility(), selector);

/** Opens a machine with figures; of all of them the first leads. */
async function figuring(page, figures, how = {}) {
  await stopped(page);
  await pretend(page, { description: { figures: described(Object.keys(figures), how) }, figures, acts: ["place"] });
  // So slow that there is something to stop, however busy the machine is.
  await openSpec(page, await specWith(page, { view: { speed: 4 } }));
  await opened(page);
  await stopped(page);
}

/** What the only action that `act` brings about is told. */
async function pressed(page, act) {
  await acted(page);
  await act();
  await page.waitFor("a press", () => globalThis.__acted.length > 0);
  return (await acted(page))[0];
}

const choose = (page, key) => page.set(`.views input[value="${key}"]`, true);

export default [
  ...[false, true].map((dark) => ({
    name: `every kind of mark is drawn and follows what it shows, ${dark ? "dark" : "light"}`,
    dark,
    async run({ page, check }) {
      await figuring(page, everyMark(0));
      const keys = Object.keys(everyMark(0));
      const before = {};
      for (const key of keys) {
        await choose(page, key);
        before[key] = await drawnAnew(page, key, Object.values(before).at(-1));
      }
      check.equal(new Set(Object.values(before)).size, keys.length, "each looks like no other");
      await pretend(page, { figures: everyMark(1) });
      await choose(page, "");
      check.ok(!(await seen(page, canvas)));
      for (const key of keys) {
        await choose(page, key);
        await drawnAnew(page, key, before[key]);
      }
    },
  })),
  {
    name: "what leads stands on the stage, the switch leads to the grid and back, and another experiment begins anew",
    async run({ page, check }) {
      await figuring(page, { landscape: landscape(), network: network() }, { press: "place" });
      check.ok(await seen(page, canvas));
      check.ok(!(await seen(page, ".grid-canvas")));
      for (const tool of ["[data-tool=draw]", ".brush", ".pick"]) check.ok(!(await seen(page, tool)), tool);
      check.ok(await seen(page, "[data-action=invert]"), "what needs no hand on the grid is there");
      await page.waitForText(".figure-note", "Two valleys. Turn 0.");
      check.match(
        await page.eval((selector) => document.querySelector(selector).getAttribute("aria-label"), canvas),
        /^Landscape\. Shows the landscape\. Two valleys\. Turn 0\.$/,
      );
      check.equal(await page.text(".views"), "PictureLandscapeNetwork");
      await page.click(".views label:first-child");
      check.ok(await seen(page, ".grid-canvas"));
      check.ok(!(await seen(page, canvas)));
      check.ok(await seen(page, "[data-tool=draw]"));
      await page.press("ArrowLeft");
      await page.waitForText(".figure-note", /^$/);
      check.ok(await seen(page, canvas), "by keyboard the switch goes round");
      await page.press("ArrowRight");
      await openSpec(page, await specWith(page, { title: "Once more", view: { speed: 4 } }));
      await opened(page);
      await page.waitFor("what leads", () => document.querySelector(".stage").dataset.figure === "landscape");
      await page.waitForText(".figure-note", "Two valleys.");
    },
  },
  {
    name: "a press tells the place and the node it hit, and dragging is one stroke",
    async run({ page, check }) {
      await figuring(page, { landscape: landscape(), network: network() }, { press: "place" });
      const before = await drawnAnew(page, "the landscape");
      const first = await pressed(page, () => page.click(canvas, 0.5, 0.4));
      check.deepEqual([first.action, first.node], ["place", undefined]);
      check.ok(Math.abs(first.x) < 0.35 && Math.abs(first.y) < 0.6, `${first.x}, ${first.y}`);
      const [from, to] = [await page.at(canvas, 0.5, 0.4), await page.at(canvas, 0.56, 0.3)];
      const { mouse } = page.tab;
      await mouse.move(from.x, from.y);
      await mouse.down();
      // While one press is under way only the latest place of those that follow is told.
      await page.waitFor("its begin", () => globalThis.__acted.length > 0);
      await mouse.move(to.x, to.y, { steps: 8 });
      await page.waitFor("its end", (x) => globalThis.__acted.at(-1)?.args.x > x, first.x + 0.1);
      await mouse.up();
      const dragged = await acted(page);
      check.ok(dragged.length > 1);
      check.deepEqual(new Set(dragged.map(({ stroke }) => stroke)).size, 1);
      check.notEqual(dragged[0].stroke, first.stroke);
      check.ok(dragged.at(-1).y > first.y + 0.1, "up is up");

      await choose(page, "network");
      await drawnAnew(page, "the network", before);
      // Two presses tell where everything lies.
      const [one, other] = [
        await pressed(page, () => page.click(canvas, 0.45, 0.2)),
        await pressed(page, () => page.click(canvas, 0.6, 0.3)),
      ];
      const { x, y, width, height } = await page.box(canvas);
      const place = (to) => [
        x + width * (0.45 + (0.15 * (to[0] - one.x)) / (other.x - one.x)),
        y + height * (0.2 + (0.1 * (to[1] - one.y)) / (other.y - one.y)),
      ];
      const [hubX, hubY] = place([0, 0]);
      check.equal((await pressed(page, () => mouse.click(hubX + 9, hubY + 4))).node, 0, "near it is on it");
      check.equal((await pressed(page, () => mouse.click(hubX + 30, hubY))).node, undefined);
      const right = place([Math.SQRT1_2, Math.SQRT1_2]);
      await mouse.move(...right);
      await mouse.down();
      await mouse.move(hubX + 3, hubY + 3, { steps: 6 });
      await mouse.up();
      await page.waitFor("its end", () => Math.abs(globalThis.__acted.at(-1)?.args.x ?? 1) < 0.1);
      const moved = await acted(page);
      check.ok(
        moved.every(({ node, stroke }) => node === 1 && stroke === moved[0].stroke),
        "the node goes with the hand",
      );
    },
  },
  {
    name: "by keyboard a cross-hair is moved, says where it stands, and presses there",
    async run({ page, check }) {
      await figuring(page, { landscape: landscape() }, { press: "place" });
      const without = await drawnAnew(page, "the landscape");
      await page.click(".views label:last-child");
      for (let tabs = 0; tabs < 4; tabs += 1) {
        await page.press("Tab");
        if (await page.eval((selector) => document.activeElement.matches(selector), canvas)) break;
      }
      await drawnAnew(page, "the cross-hair", without);
      await acted(page);
      await page.press("ArrowRight", "ArrowUp", "Enter");
      await page.waitFor("a press", () => globalThis.__acted.length > 0);
      const [{ x, y, node }] = await acted(page);
      check.ok(Math.abs(x - 2 / 32) < 1e-6 && Math.abs(y - 2 / 32) < 1e-6 && node === undefined, `${x}, ${y}`);
      await page.waitFor("what is said of it", () =>
        [...document.querySelectorAll(".stage [aria-live]")].some((p) =>
          /first neuron s₁ 0\.06\d*, second neuron s₂ 0\.06/.test(p.textContent),
        ),
      );
      await page.press("?");
      await page.waitForText(".dialog", "move the cross-hair");
    },
  },
  {
    name: "on a node the keys take hold of it, by its name",
    async run({ page, check }) {
      await figuring(page, { network: network() }, { press: "place" });
      await drawnAnew(page, "the network");
      await page.click(".views label:last-child");
      await page.press("Tab");
      await page.waitFor("the name", () =>
        [...document.querySelectorAll(".stage [aria-live]")].some((p) => p.textContent.startsWith("Hub: ")),
      );
      await acted(page);
      await page.press(" ");
      await page.waitFor("a press", () => globalThis.__acted.length > 0);
      const [{ node, x, y }] = await acted(page);
      check.ok(node === 0 && Math.abs(x) < 1e-6 && Math.abs(y) < 1e-6, JSON.stringify({ node, x, y }));
    },
  },
  {
    name: "a figure that cannot be given says why in its place",
    async run({ page, check }) {
      await stopped(page);
      await pretend(page, { description: { figures: described(["nothing"]) } });
      await openSpec(page, await specWith(page, {}));
      await page.waitForText(".figure-note", /no such figure/);
      check.ok((await drawn(page)).count === 0);
      await choose(page, "");
      check.ok(await seen(page, ".grid-canvas"));
    },
  },
  {
    name: "on a phone the switch and the figure have the width, and a finger presses",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await stopped(page);
      const figures = { landscape: landscape(), network: network() };
      const description = { figures: described(Object.keys(figures), { press: "place" }) };
      await pretend(page, { description, figures, acts: ["place"] });
      await page.tap('[data-action="invert"]');
      await page.waitFor("the switch", () => document.querySelector(".views label")?.checkVisibility());
      await drawnAnew(page, "the landscape");
      const { x, width } = await page.box(canvas);
      check.ok(x >= 15 && x + width <= 375 && width > 340, `${x}, ${width}`);
      check.ok((await page.box(".views label")).height >= 44);
      check.equal(
        await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        0,
      );
      await acted(page);
      await page.tap(canvas, 0.5, 0.4);
      await page.waitFor("a press", () => globalThis.__acted.length === 1);
      await page.tap(".views label:first-child");
      check.ok(await seen(page, ".grid-canvas"));
      check.ok(await seen(page, "[data-tool=draw]"));
    },
  },
  {
    name: "a figure is taken away as a picture, in pixels and in shapes",
    async run({ page, check }) {
      await figuring(page, { landscape: landscape(), network: network() });
      await page.click('[data-does="export"]');
      await page.waitFor("the dialog", () => document.querySelector("dialog.export canvas") !== null);
      await page.set("dialog.export select", "figure-network");
      await page.waitFor("the preview", () => !document.querySelector('[data-does="save-picture"]').disabled);
      const png = await page.download(() => page.click('[data-does="save-picture"]'));
      check.match(png.name, /network\.png$/);
      await page.set("dialog.export select", "figure-landscape");
      await page.waitFor("the preview", () => !document.querySelector('[data-does="save-picture"]').disabled);
      await page.set('dialog.export input[value="svg"]', true);
      const svg = await page.download(() => page.click('[data-does="save-picture"]'));
      const text = new TextDecoder().decode(svg.content);
      for (const word of ["first neuron", "watershed", "now"]) check.ok(text.includes(word), word);
      check.ok(text.includes("<image"), "the field is a picture in it");
      await page.press("Escape");
      const { spec } = await shared(page);
      check.doesNotMatch(spec, /figure/, "what is looked at is no part of the experiment");
    },
  },
  ...[false, true].map((dark) => ({
    name: `readers find nothing amiss in a figure that can be pressed on, ${dark ? "dark" : "light"}`,
    dark,
    async run({ page }) {
      await figuring(page, { landscape: landscape(), network: network() }, { press: "place" });
      await page.waitForText(".figure-note", "Two valleys.");
      await audit(page, "a figure");
    },
  })),
];

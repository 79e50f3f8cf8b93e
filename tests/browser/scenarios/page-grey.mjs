/** Cells between paper and ink, what explains itself by memories, other endings, and grids of very many cells. */
import { acted, opened, openSpec, pretend, specWith, stopped, story } from "./page-parts.mjs";

const side = 16;
const levels = Array.from({ length: side * side }, (_, i) => (2 * (i % side)) / (side - 1) - 1);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const greyText = (cells) => cells.map((cell) => letters[Math.round((cell + 1) * 31.5)]).join("");
const memory = (name, cells) => ({
  name,
  width: side,
  height: side,
  bits: cells.map((cell) => (cell > 0 ? "1" : "0")).join(""),
  grey: greyText(cells),
  importance: 1,
});

async function grey(page, more = {}) {
  await stopped(page);
  await pretend(page, {
    description: { grey: true },
    session: { memories: [memory("slope", levels), memory("other", [...levels].reverse())] },
    frame: { cells: levels, flipped: [], ...more.frame },
    ...more.rest,
  });
  // So slow that there is something to stop, however busy the machine is.
  await openSpec(page, await specWith(page, { view: { speed: 4 } }));
  await opened(page);
  await stopped(page);
}

/** The colours of pixels of a canvas, at fractions of its width and height. */
const colours = (page, selector, places) =>
  page.eval(
    ({ selector, places }) => {
      const canvas = document.querySelector(selector);
      const context = canvas.getContext("2d");
      const at = ([x, y]) => [Math.floor(x * canvas.width), Math.floor(y * canvas.height)];
      return places.map((place) => [...context.getImageData(...at(place), 1, 1).data]);
    },
    { selector, places },
  );

/** A colour of the page as red, green and blue. */
const token = (page, name) =>
  page.eval((name) => {
    const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  }, name);

const bright = ([red, green, blue]) => red + green + blue;

export default [
  ...[false, true].map((dark) => ({
    name: `greys go from paper to ink, on the grid, the shelf and beside it, ${dark ? "dark" : "light"}`,
    dark,
    async run({ page, check }) {
      await grey(page);
      const [sheet, ink] = [await token(page, "sheet"), await token(page, "ink")];
      const { width, height } = await page.box(".grid-canvas");
      const cell = Math.floor((Math.min(width, height) - 2) / side);
      const left = (width - cell * side) / 2;
      const place = (x) => [(left + (x + 0.3) * cell) / width, (1 + 3.3 * cell) / height];
      const row = await colours(
        page,
        ".grid-canvas",
        Array.from({ length: side }, (_, x) => place(x)),
      );
      check.deepEqual(row[0].slice(0, 3), sheet);
      check.deepEqual(row[side - 1].slice(0, 3), ink);
      const way = Math.sign(bright(ink) - bright(sheet));
      for (let x = 1; x < side; x += 1) check.ok(way * (bright(row[x]) - bright(row[x - 1])) > 0, `cell ${x}`);
      const thumb = await colours(
        page,
        ".card .thumb",
        Array.from({ length: side }, (_, x) => [(x + 0.5) / side, 0.5]),
      );
      check.deepEqual(thumb[0].slice(0, 3), sheet);
      for (let x = 1; x < side; x += 1) check.ok(way * (bright(thumb[x]) - bright(thumb[x - 1])) > 0, `pixel ${x}`);
      check.match(
        await page.eval(() => document.querySelector(".lens .legend").getAttribute("aria-label")),
        /From paper, −1, to ink, \+1/,
      );
    },
  })),
  {
    name: "a grey is read out, the pen gives the shade chosen, and the eraser paper",
    async run({ page, check }) {
      await grey(page, { rest: { acts: ["paint"] } });
      const shade = ".tools .shade";
      check.equal(await page.eval((s) => document.querySelector(s).getAttribute("aria-valuetext"), shade), "ink");
      await page.set(shade, 0.5);
      check.equal(
        await page.eval((s) => document.querySelector(s).getAttribute("aria-valuetext"), shade),
        "0.5, between paper and ink",
      );
      await page.click(".grid-canvas", 0.1, 0.1);
      await page.waitFor("a stroke", () => globalThis.__acted.length > 0);
      check.equal((await acted(page))[0].value, 0.5);
      await page.eval(() => document.querySelector(".grid-canvas").focus());
      await page.press("ArrowRight");
      await page.waitFor("what is said of a cell", () =>
        [...document.querySelectorAll(".stage [aria-live]")].some((p) =>
          /^row \d+, column \d+: −0\.\d+, between paper and ink/.test(p.textContent),
        ),
      );
      await page.press("Delete");
      await page.waitFor("a stroke", () => globalThis.__acted.length > 0);
      check.equal((await acted(page))[0].value, -1);
      await page.waitForText(story, "You changed the picture");
    },
  },
  {
    name: "a field that memories make is told by memories, in their pictures and colours",
    async run({ page, check }) {
      const explanation = {
        from: "memory",
        field: 1.25,
        bias: 0,
        state: -0.2,
        next: 0.85,
        contributions: [
          { unit: 1, weight: 2, state: 0.75, value: 1.5 },
          { unit: 0, weight: -1, state: 0.25, value: -0.25 },
        ],
      };
      await grey(page, { rest: { explanation } });
      await page.press("w");
      await page.waitForText(".explain .part-title", "Ask a cell why");
      await page.click(".grid-canvas", 0.5, 0.5);
      await page.waitForText(
        ".explain-verdict",
        "It is −0.2, between paper and ink. The memories push it to ink: once asked, it will be 0.85, between paper and ink.",
      );
      check.equal(await page.text(".explain h3"), "Loudest memories");
      const voices = await page.eval(() =>
        [...document.querySelectorAll(".voices li:not([hidden])")].map((row) => ({
          name: row.querySelector(".voice-name").textContent,
          value: row.querySelector(".voice-value").textContent,
          picture: row.querySelector("canvas").width,
          colour: getComputedStyle(row.querySelector("canvas")).outlineColor,
          title: row.querySelector("button").title,
        })),
      );
      check.deepEqual(
        voices.map(({ name, value }) => `${name} ${value}`),
        ["other +1.500", "slope −0.250"],
      );
      check.equal(voices[0].picture, side);
      check.equal(voices[0].title, "“other”: 2 times 0.75");
      check.notEqual(voices[0].colour, voices[1].colour);
    },
  },
  {
    name: "the average of all memories, and answers that are allowed or not, are told as what they are",
    async run({ page, check }) {
      await stopped(page);
      const ends = async (outcome) => {
        await pretend(page, { frame: { outcome, settled: true } });
        await page.press(".");
      };
      await ends({ kind: "average" });
      await page.waitForText(story, "it came to rest in the average of all memories");
      await page.waitForText("#story-try", "Too little tells one memory from another.");
      await page.click(".why");
      await page.waitForText(".verdict .part-title", "Average of all memories");
      await ends({ kind: "answer", valid: true, says: "a tour of length 3.14" });
      await page.waitForText(story, "it has an answer: a tour of length 3.14.");
      await page.waitForText(".verdict-facts", "A tour of length 3.14.");
      await page.waitForText("#story-try", "Try again with other dice");
      await page.waitFor("the way on", () =>
        [...document.querySelectorAll(".verdict .button-row button")].some((b) => b.textContent === "Try other dice"),
      );
      await ends({ kind: "answer", valid: false, says: "two cities are visited at once" });
      await page.waitForText(story, "without an answer that is allowed: two cities are visited at once.");
      check.equal(await page.text(".verdict .part-title"), "Not an answer");
    },
  },
  {
    name: "a grid of half a million cells keeps its place, its tools and its pace",
    async run({ page, check }) {
      await stopped(page);
      const most = 724;
      await pretend(page, {
        session: { width: most, height: most, memories: [], clamped: [5, 6, 7] },
        acts: ["paint"],
      });
      await page.eval((side) => {
        const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
        const cells = Int8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 1 : -1));
        const next = globalThis.requestAnimationFrame;
        globalThis.__took = [];
        globalThis.requestAnimationFrame = (work) =>
          next((now) => {
            const begun = performance.now();
            work(now);
            globalThis.__took.push(performance.now() - begun);
          });
        Object.defineProperty(MessageEvent.prototype, "data", {
          configurable: true,
          get() {
            const data = get.call(this);
            if (data?.frame) Object.assign(data.frame, { cells: cells.slice(), flipped: new Uint32Array() });
            return data;
          },
        });
      }, most);
      await openSpec(page, await specWith(page, { view: { speed: 4 } }));
      await page.waitFor("the grid", () =>
        document.querySelector(".grid-canvas").getAttribute("aria-label").includes("724 by 724"),
      );
      await stopped(page);
      const { x, width, height } = await page.box(".grid-canvas");
      check.ok(Math.abs(width - height) < 2 && width > 300 && x + width < 900, `${x}, ${width}, ${height}`);
      const [sheet, ink] = [await token(page, "sheet"), await token(page, "ink")];
      const [left, right] = await colours(page, ".grid-canvas", [
        [0.25, 0.5],
        [0.75, 0.5],
      ]);
      check.deepEqual(left.slice(0, 3), ink);
      check.deepEqual(right.slice(0, 3), sheet);
      check.deepEqual(
        await page.eval(() => [...document.querySelectorAll(".brush")].map((b) => Number(b.dataset.width))),
        [1, 5, 15, 45],
      );
      await page.click('.brush[data-width="45"]');
      await page.click(".grid-canvas", 0.75, 0.5);
      await page.waitFor("a stroke", () => globalThis.__acted.length > 0);
      check.equal((await acted(page))[0].units.length, 45 * 45);
      // Drawing it anew takes a small part of a frame, as long as nothing else takes the processor.
      const took = await page.eval(() => globalThis.__took.sort((a, b) => a - b));
      check.ok(took[Math.floor(took.length / 4)] < 16, `${took}`);
    },
  },
  {
    name: "noise is a way to spoil where cells are grey, as strong as one says, and time has the machine's name",
    async run({ page, check }) {
      await stopped(page);
      await openSpec(page, {
        v: 1,
        model: "graded",
        title: "By degrees",
        patterns: { set: "letters", take: "AJX", size: 10 },
      });
      await opened(page);
      const how = "#spoil [data-key='how'] select";
      await page.set(how, "noise");
      await page.waitFor("the strength", () =>
        document.querySelector("#spoil [data-key='deviation']").checkVisibility(),
      );
      check.equal(await page.eval(() => document.querySelector("#spoil [data-key='amount']").checkVisibility()), false);
      await page.click('[data-does="spoil"]');
      await page.waitForText(story, "not as stored");
      await page.set('[data-does="speed"]', 100);
      await page.waitForText(".timeline-sweep", /^time \d/);
      await page.waitForText(story, /^After [\d.]+ units? of time/);
    },
  },
];

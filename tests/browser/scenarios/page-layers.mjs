/** The pictures that a machine gives of itself: over the grid and beside it, read by eye, pointer and keyboard. */
import {
  begun,
  hash,
  hashOther,
  hurried,
  middle,
  opened,
  openSpec,
  rested,
  slowly,
  specWith,
  stopped,
} from "./page-parts.mjs";

const pick = ".pick-select";

/** The layers offered: key, and whether it stands beside the picture. */
const offered = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".pick-select option")].map((option) => ({
      key: option.value,
      beside: option.parentElement.tagName === "OPTGROUP",
    })),
  );

/** What is drawn, once no flash fades any more. */
async function pixels(page) {
  const look = () =>
    page.eval(async () => {
      // One that starves for frames is not one that stands still.
      for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
      return document.querySelector(".grid-canvas").toDataURL();
    });
  for (let before = await look(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await look();
    if (now === before) return now;
    before = now;
  }
}

/** Waits until the picture is drawn otherwise than it was. */
const drawnOther = (page, before) =>
  page.waitFor("another drawing", (before) => document.querySelector(".grid-canvas").toDataURL() !== before, before);

/** The first layer over the grid, after the picture itself, for which the memory's name is asked for, or is not. */
async function chooseOver(page, withMemory) {
  for (const { key, beside } of (await offered(page)).slice(1)) {
    if (beside) continue;
    await page.set(pick, key);
    if ((await page.eval(() => document.querySelector(".lens-memory").hidden)) !== withMemory) return key;
  }
  throw new Error("no such layer");
}

/** What is said of the cells of a row, from the left: ink or paper, and the number shown. */
async function row(page, count) {
  for (let i = 0; (await page.eval(() => document.activeElement.className)) !== "grid-canvas"; i += 1) {
    if (i > 60) throw new Error("Tab does not come to the picture");
    await page.press("Tab");
  }
  await page.press("PageUp", "Home", "ArrowDown", "ArrowDown");
  const cells = [];
  for (let column = 1; column <= count; column += 1) {
    cells.push(await page.waitForText(".stage [aria-live]", `row 3, column ${column}:`));
    await page.press("ArrowRight");
  }
  return cells;
}

/** Counts what the page asks its worker for. */
const count = (page) =>
  page.eval(() => {
    globalThis.__asked = {};
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      globalThis.__asked[message.type] = (globalThis.__asked[message.type] ?? 0) + 1;
      return postMessage.call(this, message, ...rest);
    };
  });
const counted = (page, type) => page.eval((type) => globalThis.__asked[type] ?? 0, type);

export default [
  {
    name: "every picture that the machine offers is shown, and says what it means",
    async run({ page, check }) {
      // So far into the first sweep that some cells have changed, and some are still wrong.
      await hurried(page);
      const end = await hash(page);
      await page.set(".timeline-slider", 100);
      await hashOther(page, end);
      const plain = await pixels(page);
      const layers = await offered(page);
      check.ok(layers.length > 3, "there are some to choose from");
      const seen = new Set([plain]);
      for (const { key, beside } of layers.slice(1)) {
        await page.set(pick, key);
        const place = beside ? ".layer-panel" : ".lens";
        await page.waitFor(
          `the legend of ${key}`,
          (place) => {
            const legend = document.querySelector(`${place} .legend`);
            return legend?.checkVisibility() && legend.getAttribute("aria-label");
          },
          place,
        );
        check.ok((await page.text(".lens-note")).length > 10, `${key} says what it is`);
        if (!beside) seen.add(await drawnOther(page, plain).then(() => pixels(page)));
      }
      check.equal(seen.size, 1 + layers.filter(({ beside }) => !beside).length - 1, "no two look alike");
      await page.set(pick, layers[0].key);
      await page.waitFor(
        "the plain picture",
        (plain) => document.querySelector(".grid-canvas").toDataURL() === plain,
        plain,
      );
    },
  },
  {
    name: "what is shown keeps up with the run: at rest each cell is as it is pulled",
    async run({ page, check }) {
      await begun(page);
      const key = await chooseOver(page, false);
      await rested(page);
      // The last numbers may come a little later than the last state.
      const pulled = /: (ink; .* \+|paper; .* −)\d/;
      let cells = [];
      for (let i = 0; i < 10 && !(cells.length > 0 && cells.every((cell) => pulled.test(cell))); i += 1) {
        cells = await row(page, 10);
      }
      for (const cell of cells) check.match(cell, pulled, cell);
      check.ok(new Set(cells.map((cell) => cell.split(": ")[1])).size > 4, "numbers differ");
      // Asked for anew, they are the same.
      await page.set(pick, (await offered(page))[0].key);
      await page.set(pick, key);
      await page.waitFor("the legend", () => document.querySelector(".lens .legend").checkVisibility());
      check.deepEqual(await row(page, 10), cells);
    },
  },
  {
    name: "the mouse reads a number",
    async run({ page, check }) {
      await stopped(page);
      await chooseOver(page, false);
      const { x, y } = await page.at(".grid-canvas", ...(await middle(page, 3, 1)));
      await page.tab.mouse.move(x, y);
      await page.waitForText(".lens-note", /^row 2, column 4: [+−]?\d/);
      await page.tab.mouse.move(5, 5);
      await page.waitForText(".lens-note", /^[A-Z]/);
      check.ok(!/row 2/.test(await page.text(".lens-note")));
    },
  },
  {
    name: "a memory is chosen by its name; from the one recalled nothing differs",
    async run({ page, check }) {
      await hurried(page);
      const plain = await pixels(page);
      await chooseOver(page, true);
      const names = await page.eval(() => [...document.querySelectorAll(".lens-memory option")].map((o) => o.text));
      check.deepEqual(
        names,
        await page.eval(() => [...document.querySelectorAll(".card-name")].map((c) => c.textContent)),
      );
      await page.waitFor("the legend", () => document.querySelector(".lens .legend").checkVisibility());
      check.equal(await pixels(page), plain, "no cell is marked");
      const other = await page.eval(
        () => [...document.querySelectorAll(".lens-memory option")].find((o) => !o.selected).value,
      );
      await page.set(".lens-memory", other);
      await drawnOther(page, plain);
    },
  },
  {
    name: "a sheet of numbers stands where the charts are, is read by pointer and keys, and goes again",
    async run({ page, check }) {
      await stopped(page);
      const beside = (await offered(page)).find((layer) => layer.beside);
      await page.set(pick, beside.key);
      await page.waitForText(".layer-reading", /./);
      check.ok(await page.eval(() => document.querySelector("#charts").hidden));
      const { x, y } = await page.at(".layer-canvas");
      await page.tab.mouse.move(x, y);
      await page.waitForText(".layer-reading", /^row \d+, column \d+: [+−]?\d/);
      await page.tab.mouse.move(5, 5);
      await page.eval(() => document.querySelector(".layer-canvas").focus());
      const read = async (column, row) => {
        await page.press("Home", "PageUp");
        for (let i = 1; i < column; i += 1) await page.press("ArrowRight");
        for (let i = 1; i < row; i += 1) await page.press("ArrowDown");
        return (await page.waitForText(".layer-reading", `row ${row}, column ${column}:`)).split(": ")[1];
      };
      check.equal(await read(5, 2), await read(2, 5), "what one is to another, that is it to the one");
      check.equal(await read(3, 3), "0", "none is anything to itself");
      await page.click(".layer-panel button");
      await page.waitFor("the charts", () => document.querySelector("#charts").checkVisibility());
      check.equal(await page.count(".layer-panel:not([hidden])"), 0);
      check.equal(await page.eval(() => document.querySelector(".pick-select").selectedIndex), 0);
    },
  },
  {
    name: "a picture that cannot be is refused in the machine's words, and the rest goes on",
    async run({ page, check }) {
      await stopped(page);
      await openSpec(
        page,
        await specWith(page, { patterns: { random: { count: 2, units: 4096 } }, start: {}, clamp: [] }),
      );
      await opened(page);
      const beside = (await offered(page)).find((layer) => layer.beside);
      await page.set(pick, beside.key);
      await page.waitForText(".layer-trouble", /too many/);
      check.equal(await page.count(".notice"), 0, "it is said once, where it belongs");
      check.ok(!(await page.eval(() => document.querySelector(".layer-canvas").checkVisibility())));
      await page.set(pick, (await offered(page))[0].key);
      await page.waitFor("the charts", () => document.querySelector("#charts").checkVisibility());
    },
  },
  {
    name: "nothing is asked for in vain: not the plain picture, not out of sight, one at a time",
    async run({ page, check }) {
      await slowly(page, 15);
      await count(page);
      const first = await hash(page);
      await page.waitFor("frames", (first) => document.querySelector("#lab").dataset.hash !== first, first);
      check.equal(await counted(page, "layer"), 0, "the plain picture comes with every frame");
      await chooseOver(page, false);
      await page.waitFor("some", () => globalThis.__asked.layer > 5);
      check.ok((await counted(page, "layer")) <= (await counted(page, "seen")) + 12, "no more than frames and choices");
      await page.eval(() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await rested(page);
      const asleep = await counted(page, "layer");
      await new Promise((resolve) => setTimeout(resolve, 400));
      check.equal(await counted(page, "layer"), asleep);
    },
  },
];

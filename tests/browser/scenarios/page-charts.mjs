/** The charts: read by pointer, finger and keys, tied to the timeline, as tables, and light however long the run is. */
import {
  hash,
  hashOther,
  hurried,
  moment,
  momentIs,
  openSpec,
  pretend,
  rested,
  slowly,
  specWith,
  stopped,
  timeline,
} from "./page-parts.mjs";

const energy = ".chart.curve .curve-canvas";
const lines = ".chart.bars .curve-canvas";
const value = (page) => page.text(".chart.curve .chart-value");

/** The first experiment, run to its end. */
async function finished(page) {
  await hurried(page);
  await page.waitForText("#story-now", /^After /);
}

/** The number at the end of a text such as "step 12: −3.5". */
const number = (text) =>
  Number(
    text
      .match(/[+−]?[\d,.]+$/)[0]
      .replace("−", "-")
      .replaceAll(",", ""),
  );

/** Where the line of the moment looked at stands on a canvas: the column of pixels with most of the accent. */
const cursorAt = (page, selector) =>
  page.eval((selector) => {
    const canvas = document.querySelector(selector);
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
    const accent = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [best, most] = [-1, 3];
    for (let x = 0; x < width; x += 1) {
      let count = 0;
      for (let y = 0; y < height; y += 1) {
        const at = 4 * (y * width + x);
        if (accent.every((part, i) => Math.abs(part - data[at + i]) < 24) && data[at + 3] > 200) count += 1;
      }
      if (count > most) [best, most] = [x, count];
    }
    return best;
  }, selector);

export default [
  {
    name: "the pointer reads every chart at one moment, and a press looks at it",
    async run({ page, check }) {
      await finished(page);
      const now = number(await value(page));
      const bars = await page.eval(() => document.querySelector(".bars-canvas").toDataURL());
      const place = await page.at(energy, 0.3);
      await page.tab.mouse.move(place.x, place.y);
      const read = await page.waitForText(".chart.curve .chart-value", /^step \d+: −[\d.]+$/);
      check.ok(number(read) > now, "the energy was higher before");
      const step = read.match(/step \d+/)[0];
      check.equal(await page.text(".chart.bars .chart-rest"), step, "the bars tell of the same moment");
      check.match(await page.text(".chart.strip .chart-value"), new RegExp(`^${step}: \\d+`), "and so does the strip");
      const [high, low] = [await page.box(energy), await page.box(".chart.strip .curve-canvas")];
      check.ok(low.height < high.height && low.y >= high.y + high.height && low.x === high.x, "below the energy");
      check.notEqual(await page.eval(() => document.querySelector(".bars-canvas").toDataURL()), bars);
      await page.tab.mouse.move(5, 5);
      await page.waitForText(".chart.curve .chart-value", /^−[\d.]+$/);
      check.equal(number(await value(page)), now, "what is read is not gone to");
      await page.click(energy, 0.3);
      await page.waitFor("another moment", () => Number(document.querySelector(".timeline-slider").value) < 200);
      check.ok(Math.abs((await moment(page)) - Number(step.slice(5))) <= 1);
    },
  },
  {
    name: "a finger reads while it is down, and looks there when it is lifted",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await finished(page);
      const end = await moment(page);
      const { x, y } = await page.at(energy, 0.3, 0.4);
      await page.own.touchStart({ x, y });
      await page.waitForText(".chart.curve .chart-value", /^step \d+: /);
      check.equal(await moment(page), end, "it may be about to scroll");
      await page.own.touchEnd();
      await page.waitFor("another moment", (end) => document.querySelector(".timeline-slider").value < end, end);
      await page.waitForText(".chart.curve .chart-value", /^[−\d.]+$/);
    },
  },
  {
    name: "the keys read the values, and Enter looks there",
    async run({ page, check }) {
      await finished(page);
      const end = await moment(page);
      const last = await hash(page);
      await page.eval((energy) => document.querySelector(energy).focus(), energy);
      await page.waitFor("the chart in words", () => /^energy: now −/.test(document.activeElement.ariaLabel));
      const read = (step) => page.waitForText(".chart.curve .chart-value", `step ${step}: `);
      await page.press("Home");
      const first = number(await read(0));
      await page.press("ArrowRight", "ArrowRight");
      await read(2);
      await page.press("End");
      const settled = number(await read(end));
      check.ok(settled < first);
      await page.waitForText("#charts > [aria-live]", `step ${end}: −`);
      check.equal(await hash(page), last, "reading goes nowhere");
      await page.press("Home", "ArrowRight", "Enter");
      await momentIs(page, 1);
      await page.press("Escape");
      await page.waitForText(".chart.curve .chart-value", /^−[\d.]+$/);
    },
  },
  {
    name: "the likeness of all memories is drawn over time, with the cursor of the timeline in all charts",
    async run({ page, check }) {
      await finished(page);
      check.ok(!(await page.eval((lines) => document.querySelector(lines).checkVisibility(), lines)));
      await page.click("text=over time");
      await page.waitFor("the lines", (lines) => document.querySelector(lines).checkVisibility(), lines);
      check.ok(!(await page.eval(() => document.querySelector(".bars-canvas").checkVisibility())));
      const colours = await page.eval((lines) => {
        const canvas = document.querySelector(lines);
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
        const style = getComputedStyle(document.documentElement);
        return [1, 2, 3, 4, 5].filter((i) => {
          const colour = style.getPropertyValue(`--memory-${i}`).trim();
          return seen.has([1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(","));
        });
      }, lines);
      check.equal(colours.length, 5, "each memory has its own colour");
      const end = await cursorAt(page, energy);
      check.ok(end > 0);
      check.equal(await cursorAt(page, lines), end, "a moment is at one place in all charts");
      const last = await hash(page);
      await page.set(timeline, 20);
      await hashOther(page, last);
      const early = await cursorAt(page, energy);
      check.ok(early < end);
      check.equal(await cursorAt(page, lines), early);
      await page.eval((lines) => document.querySelector(lines).focus(), lines);
      await page.press("End");
      await page.waitForText("#charts > [aria-live]", /: face \+1\.00, /);
    },
  },
  {
    name: "tables say what the charts draw, and are made only at rest",
    async run({ page, check }) {
      await slowly(page);
      await page.eval(() => {
        globalThis.__made = 0;
        new MutationObserver(() => {
          if (document.querySelector("#lab").dataset.running === "true") globalThis.__made += 1;
        }).observe(document.querySelector(".chart table"), { childList: true });
      });
      await finished(page);
      const end = await moment(page);
      const table = await page.waitFor("the table", () => {
        const rows = [...document.querySelector(".chart.curve").querySelectorAll("tbody tr")];
        return rows.length > 10 && rows.map((row) => [...row.children].map((cell) => cell.textContent));
      });
      check.ok(table.length <= 20);
      check.equal(table[0][0], "0");
      check.equal(table.at(-1)[0], String(end));
      check.equal(number(table.at(-1)[1]), number(await value(page)));
      check.equal(await page.eval(() => globalThis.__made), 0);
      await page.click("text=over time");
      const heads = await page.waitFor("the table of lines", () => {
        const table = [...document.querySelectorAll(".chart.bars table")].find((table) => !table.hidden);
        const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
        return heads.length > 1 && heads;
      });
      check.deepEqual(heads.slice(0, 2), ["step", "face"]);
    },
  },
  {
    name: "a long run of many memories takes no more strokes to draw than there are pixels",
    async run({ page, check }) {
      await stopped(page);
      const patterns = { random: { count: 30, units: 400 } };
      const params = { update: "heat_bath", temperature: 1.2 };
      await openSpec(page, await specWith(page, { patterns, params, start: { pattern: 0 }, clamp: [] }));
      await page.click("text=over time");
      await page.set('[data-does="speed"]', 100);
      await page.waitFor("a long run", () => document.querySelector(".timeline-slider").value > 100_000);
      const { most, slowest, frames } = await page.eval(async () => {
        const { fillRect } = CanvasRenderingContext2D.prototype;
        const charts = document.querySelector("#charts");
        let [strokes, most, slowest, frames] = [0, 0, 0, 0];
        CanvasRenderingContext2D.prototype.fillRect = function (...place) {
          if (charts.contains(this.canvas)) strokes += 1;
          return fillRect.apply(this, place);
        };
        let before = performance.now();
        const end = before + 20_000;
        // A worker that is given little time sends few frames.
        for (let i = 0; i < 40 || (frames <= 5 && before < end); i += 1) {
          await new Promise(requestAnimationFrame);
          const now = performance.now();
          slowest = Math.max(slowest, now - before);
          before = now;
          if (strokes > 0) frames += 1;
          most = Math.max(most, strokes);
          strokes = 0;
        }
        CanvasRenderingContext2D.prototype.fillRect = fillRect;
        return { most, slowest, frames };
      });
      check.ok(frames > 5, `it was drawn ${frames} times`);
      // A bar a column of pixels for each line: the energy, eight named ones, the band.
      check.ok(most > 1000 && most < 330 * 10, `${most} strokes in a frame of ${slowest.toFixed(0)} ms`);
      await page.click('[data-does="play"]');
      await rested(page);
      await page.waitForText(".chart.bars .chart-rest", /^2\d more$/);
    },
  },
  {
    name: "numbers at an axis differ, however small its range",
    async run({ page, check }) {
      await stopped(page);
      await page.eval(() => {
        globalThis.__written = [];
        const { fillText } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
          if (this.canvas.classList.contains("curve-canvas")) globalThis.__written.push(text);
          return fillText.call(this, text, ...place);
        };
      });
      const written = async (low, high) => {
        const columns = 8;
        const rows = [low, high, low].map((energy, time) => [time, energy, ...new Array(columns - 2).fill(0)]);
        const scalars = [low, 0, 0, 0];
        await pretend(page, { frame: { trace: rows.flat(), traceColumns: columns, scalars, time: 2, end: 2 } });
        await page.eval(() => globalThis.__written.splice(0));
        await page.press(".");
        return page.waitFor("the axis", () => globalThis.__written.length > 4 && [...new Set(globalThis.__written)]);
      };
      const tiny = await written(1e-5, 8e-5);
      check.ok(tiny.includes("5e−5") && tiny.includes("1e−4"), tiny.join(" "));
      const small = await written(0.001, 0.004);
      check.ok(small.includes("0.002") && small.includes("0.004"), small.join(" "));
      const narrow = await written(5000.01, 5000.09);
      check.ok(narrow.includes("5,000.05"), narrow.join(" "));
    },
  },
];

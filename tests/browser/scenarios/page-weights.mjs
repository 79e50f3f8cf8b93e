/** The weights: as a sheet where they are few, spread over their sizes however many, and what damage did to them. */
import { middle, openSpec, specWith, stopped } from "./page-parts.mjs";

const pick = ".pick-select";
const small = { patterns: { random: { count: 3, units: 36 } }, start: { pattern: 0 }, clamp: [] };
const cut = { do: "damage", how: "cut", amount: 0.3 };

/** Opens a small experiment, at rest, with all its weights beside the picture. */
async function weights(page, more = {}) {
  await stopped(page);
  await openSpec(page, await specWith(page, { ...small, ...more }));
  const key = await page.eval(() => document.querySelector(".pick-select optgroup option").value);
  await page.set(pick, key);
  await page.waitForText(".layer-reading", /numbers: mean/);
}

const table = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".spread tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent)),
  );
const whole = (text) => Number(text.replaceAll(",", ""));
const sum = (rows, column) => rows.reduce((total, row) => total + whole(row[column]), 0);

/** How much of a canvas has a colour of the theme. */
const coloured = (page, selector, token) =>
  page.eval(
    ({ selector, token }) => {
      const canvas = document.querySelector(selector);
      const colour = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
      const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (wanted.every((part, k) => data[i + k] === part)) count += 1;
      return (4 * count) / data.length;
    },
    { selector, token },
  );

export default [
  {
    name: "how the weights are spread stands below them, counted once a pair, and is read by pointer",
    async run({ page, check }) {
      await weights(page);
      const words = await page.text(".layer-reading");
      check.match(words, /^630 numbers: mean [−\d.e]+ ± [\d.]+$/, "36 · 35 / 2 of them");
      const rows = await table(page);
      check.equal(sum(rows, 1), 630);
      check.equal(await page.count(".spread thead th"), 2, "nothing is damaged");
      const { x, y, width, height } = await page.box(".spread-canvas");
      const seen = new Set();
      for (let place = 0.05; place < 1; place += 0.05) {
        await page.tab.mouse.move(x + width * place, y + height / 2);
        seen.add(await page.text(".layer-reading"));
      }
      const bins = [...seen].filter((text) => / to .*: \d+$/.test(text));
      check.ok(bins.length >= 3, [...seen].join("; "));
      for (const text of bins)
        check.ok(
          rows.some(([range, count]) => text === `${range}: ${count}`),
          text,
        );
      await page.tab.mouse.move(5, 5);
      await page.waitForText(".layer-reading", words);
      const legend = await page.box(".layer-panel .legend");
      const canvas = await page.box(".spread-canvas");
      check.ok(legend.y + legend.height < 800 && canvas.y + canvas.height <= legend.y + 5, "they stand on their axis");
    },
  },
  {
    name: "damage is seen: what was cut is crossed out or grey, named, and what was before is outlined",
    async run({ page, check }) {
      // Too many rows for crosses.
      const patterns = { random: { count: 3, units: 64 } };
      await weights(page, { patterns });
      const frame = await coloured(page, ".layer-canvas", "--edge");
      const before = await table(page);
      await page.set(pick, await page.eval(() => document.querySelector(".pick-select option").value));
      await openSpec(
        page,
        await specWith(page, { ...small, patterns, title: "Cut", prepare: [{ ...cut, amount: 0.25 }] }),
      );
      await page.set(pick, await page.eval(() => document.querySelector(".pick-select optgroup option").value));
      const words = await page.waitForText(".layer-reading", /cut · dashed: before the damage$/);
      const [total, gone] = words
        .match(/^([\d,]+) numbers.* (\d+) cut/)
        .slice(1)
        .map(whole);
      check.equal(gone, 504, "a quarter of 64 · 63 / 2");
      check.equal(total, 3 * 504);
      const rows = await table(page);
      check.equal(sum(rows, 1), total);
      check.equal(sum(rows, 2), 2016);
      check.deepEqual(
        rows.map((row) => row[2]),
        before.map((row) => row[1]),
        "the outline is what they were",
      );
      const legend = await page.eval(() => document.querySelector(".layer-panel .legend").getAttribute("aria-label"));
      check.match(legend, /Grey: cut by damage\.$/);
      const grey = await coloured(page, ".layer-canvas", "--edge");
      check.ok(grey > frame + 0.05, `${grey} of it is grey, without damage ${frame}`);
      // Some number of the first row is cut.
      await page.eval(() => document.querySelector(".layer-canvas").focus());
      await page.press("Home", "PageUp");
      const read = [];
      for (let i = 0; i < 64; i += 1) {
        read.push(await page.text(".layer-reading"));
        await page.press("ArrowRight");
      }
      check.ok(
        read.some((text) => / cut$/.test(text)),
        read.join("; "),
      );
    },
  },
  {
    name: "the weights into one neuron show what was cut as crosses over the picture",
    async run({ page, check }) {
      await weights(page, { title: "Cut", prepare: [cut] });
      const unit = await page.eval(
        () => [...document.querySelectorAll(".pick-select > option")].map(({ value }) => value)[4],
      );
      await page.set(pick, unit);
      const legend = await page.waitFor("the legend", () => {
        const legend = document.querySelector(".lens .legend");
        return legend.checkVisibility() && legend.getAttribute("aria-label");
      });
      check.match(legend, /A cross: cut by damage\.$/);
      const read = [];
      for (let column = 0; column < 6; column += 1) {
        const { x, y } = await page.at(".grid-canvas", ...(await middle(page, column, 0)));
        await page.tab.mouse.move(x, y);
        read.push(await page.waitForText(".lens-note", `row 1, column ${column + 1}:`));
      }
      check.ok(read.some((text) => / cut$/.test(text)) && !read.every((text) => / cut$/.test(text)), read.join("; "));
    },
  },
  {
    name: "where the weights are too many for a sheet, it is said, others are offered, and they are spread all the same",
    async run({ page, check }) {
      await stopped(page);
      await openSpec(page, await specWith(page, { ...small, patterns: { random: { count: 2, units: 2500 } } }));
      await page.set(pick, await page.eval(() => document.querySelector(".pick-select optgroup option").value));
      await page.waitForText(".layer-trouble", /too many/);
      await page.waitForText(".layer-reading", /^3,123,750 numbers: mean/);
      check.equal(sum(await table(page), 1), (2500 * 2499) / 2);
      check.ok(await page.eval(() => document.querySelector(".layer-panel .legend").checkVisibility()), "with an axis");
      const other = await page.text(".layer-panel p button");
      check.match(other, /^Show /);
      await page.click(".layer-panel p button");
      await page.waitFor("the other", () => document.querySelector(".lens .legend").checkVisibility());
      check.equal(
        `Show ${await page.eval(() => document.querySelector(".pick-select").selectedOptions[0].text.toLowerCase())}`,
        other,
      );
    },
  },
];

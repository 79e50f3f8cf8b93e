/** Machines that learn: features looked at closely, what follows the finger, how far they are, and what can be studied. */
import { audit, blank, middle, opened, openSpec, rested, stopped } from "./page-parts.mjs";

const BARS = {
  v: 1,
  model: "rbm",
  title: "Bars",
  patterns: { bars: true, width: 4, height: 4 },
  params: { hidden: 12, epochs: 40, rate: 0.2, batch: 4 },
  view: { figure: "filters", speed: 40 },
};

const DIGITS = {
  v: 1,
  model: "rbm",
  title: "Digits with names",
  params: { data: "digits", names: "learned", hidden: 30, epochs: 20, batch: 20, rate: 0.1, pictures: 500 },
  view: { figure: "grid", speed: 1000 },
};

const FEATURES = {
  ...DIGITS,
  title: "Digits without names",
  params: { ...DIGITS.params, names: "none" },
};

const canvas = ".figure-canvas";
const note = ".figure-note";
const phone = { width: 390, height: 844 };

async function open(page, spec) {
  await stopped(page);
  await openSpec(page, spec);
  await opened(page);
}

/** Lets it run. */
function learns(page) {
  return page.waitFor("a run", () => {
    const play = document.querySelector('[data-does="play"]');
    if (play.getAttribute("aria-label").startsWith("Play")) play.click();
    return play.getAttribute("aria-label").startsWith("Pause");
  });
}

/** Stops it, wherever it is. */
async function rests(page) {
  await page.eval(() => {
    const play = document.querySelector('[data-does="play"]');
    if (play.getAttribute("aria-label").startsWith("Pause")) play.click();
  });
  await rested(page);
}

/** Lets it run until all is learned. */
async function learned(page) {
  await learns(page);
  await page.waitFor("all to be learned", () => document.querySelector(".timeline-learning")?.hidden, null, 60_000);
}

/** Asks for a study, once it can be asked for. */
const study = (page, key) =>
  page.waitFor(
    `the study ${key}`,
    (key) => {
      const begin = document.querySelector(`.study [data-does="${key}"]`);
      begin?.click();
      return begin !== null;
    },
    key,
  );

export default [
  ...[
    { how: "mouse", press: (page) => page.click(canvas, 0.45, 0.4) },
    { how: "finger", touch: true, viewport: phone, press: (page) => page.tap(canvas, 0.45, 0.4) },
  ].map(({ press, how, ...seen }) => ({
    name: `a tile of the features is looked at closely, and left again, by ${how}`,
    ...seen,
    async run({ page, check }) {
      await open(page, BARS);
      await page.waitForText(note, "Press a tile");
      await press(page);
      const says = await page.waitForText(note, "Strongest inputs");
      check.match(says, /^Hidden unit \d+ \(bias [−\d.]+\) is on beside [\d.]+ % of \d+ pictures/);
      await audit(page, "one unit");
      await page.click(".figure-back");
      await page.waitForText(note, "Press a tile");
    },
  })),
  {
    name: "a tile is chosen by keys, and Escape leads back with the focus",
    async run({ page, check }) {
      await open(page, BARS);
      await page.waitForText(note, "Press a tile");
      await page.eval((canvas) => document.querySelector(canvas).focus(), canvas);
      await page.press("ArrowLeft");
      await page.press("Enter");
      await page.waitForText(note, "Strongest inputs");
      check.ok(await page.eval(() => document.activeElement.matches(".figure-back")));
      await page.press("Escape");
      await page.waitForText(note, "Press a tile");
      await page.waitFor("the focus", (canvas) => document.activeElement === document.querySelector(canvas), canvas);
    },
  },
  {
    name: "while it learns the page says epoch, batch and about how long it takes on, and nothing moves",
    async run({ page, check }) {
      await open(page, BARS);
      await page.waitForText(".timeline-learning", "epoch 1 of 40");
      const before = await page.box(".timeline-track");
      await learns(page);
      await page.waitForText(".timeline-learning", /batch \d+ of \d+.* left/);
      check.deepEqual(await page.box(".timeline-track"), before);
      await learned(page);
    },
  },
  {
    name: "names follow what is drawn while the finger is down",
    async run({ page }) {
      await open(page, DIGITS);
      await learned(page);
      await rests(page);
      // A dream may have these cells filled already; on an empty picture each of them changes the names.
      await blank(page);
      const says = ".beside-figure .chart-rest";
      const seen = [await page.waitForText(says, "Most likely")];
      const { mouse } = page.tab;
      const place = async (row) => {
        const { x, y } = await page.at(".grid-canvas", ...(await middle(page, 3, row)));
        await mouse.move(x, y);
      };
      await place(0);
      await mouse.down();
      for (let row = 1; row < 6; row += 1) {
        await place(row);
        seen.push(
          await page.waitFor(
            `other names than ${seen} with row ${row} drawn`,
            ({ says, seen }) => {
              const text = document.querySelector(says).textContent.replace(/\s+/g, " ").trim();
              return text.startsWith("Most likely") && !seen.includes(text) && text;
            },
            { says, seen },
          ),
        );
      }
      await mouse.up();
    },
  },
  {
    name: "the likelihood is estimated with its error and its bias, and can be stopped",
    async run({ page, check }) {
      await open(page, { ...DIGITS, params: { ...DIGITS.params, hidden: 200 } });
      await page.click('[data-does="studies"]');
      await audit(page, "studies");
      await study(page, "likelihood");
      await page.click("text=Stop");
      await page.waitFor("to be stopped", () => document.querySelector(".study-under").hidden);
      check.equal(await page.text(".study-found"), "");
      await study(page, "likelihood");
      const found = await page.waitForText(".study-found", "too low", 60_000);
      check.match(found, /ln Z.*±.*pictures it learns from.*±.*pictures it never sees.*±.*too high/s);
      await audit(page, "an estimate");
    },
  },
  {
    name: "a head on the features names unseen pictures, beside one on the cells",
    async run({ page, check }) {
      await open(page, FEATURES);
      await learned(page);
      await page.click('[data-does="studies"]');
      await study(page, "head");
      const found = await page.waitForText(".study:last-child .study-found", "told no names", 60_000);
      check.match(found, /by its hidden units\d.*% named rightly.*by the cells alone\d.*% named rightly/s);
    },
  },
];

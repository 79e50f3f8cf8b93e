/** Why a cell does what it does: by mouse, finger and keys, at rest and while it runs, now and then. */
import {
  audit,
  hash,
  hashIs,
  hurried,
  middle,
  moment,
  momentIs,
  opened,
  openSpec,
  pretend,
  rested,
  slowly,
  stopped,
} from "./page-parts.mjs";

const grid = ".grid-canvas";
const title = ".explain .part-title";

async function point(page, column, row) {
  const { x, y } = await page.at(grid, ...(await middle(page, column, row)));
  await page.tab.mouse.move(x, y);
}

/** The sum of the field, and the number before "to paper" and "to ink". */
function sums(page) {
  return page.eval(() => {
    const number = (selector, pattern) =>
      Number(document.querySelector(selector).textContent.match(pattern)[0].replace("−", "-"));
    return {
      field: number(".push-sum", /[+−]?[\d.]+$/),
      paper: number(".push-ends span", /[+−]?[\d.]+/),
      ink: number(".push-ends span + span", /[+−]?[\d.]+/),
    };
  });
}

/** A net small enough to be checked by hand. */
const small = {
  v: 1,
  model: "hopfield",
  title: "Three cells",
  seed: 1,
  patterns: { width: 3, height: 1, bits: [] },
  weights: [
    [0, 0.5, -2],
    [0.5, 0, 0],
    [-2, 0, 0],
  ],
  biases: [0.25, 0, 0],
  start: { state: "101" },
};

export default [
  {
    name: "a cell under the mouse says why, a click keeps it, another lets it go",
    async run({ page, check }) {
      await stopped(page);
      await page.press("w");
      await page.waitForText(title, "Ask a cell why");
      await point(page, 3, 4);
      await page.waitForText(title, "Why: row 5, column 4");
      await page.waitForText(".explain-verdict", /^It is (ink|paper)/);
      const { field, paper, ink } = await sums(page);
      check.ok(Math.abs(paper + ink - field) < 0.021, `${paper} and ${ink} make ${field}`);
      await page.click(grid, ...(await middle(page, 3, 4)));
      await page.waitForText(".explain .for-mouse", "Kept here");
      await point(page, 8, 8);
      await new Promise((wait) => setTimeout(wait, 400));
      check.equal(await page.text(title), "Why: row 5, column 4");
      await page.click(grid, ...(await middle(page, 3, 4)));
      await page.waitForText(".explain .for-mouse", "Click the cell");
      await point(page, 8, 8);
      await page.waitForText(title, "Why: row 9, column 9");
      // The mouse may leave for the list: what it said last stays.
      await page.click(".voice");
      await page.waitForText(".explain .for-mouse", "Kept here");
      await page.waitForText(title, /^Why: (?!row 9, column 9$)/);
      await page.press("d");
      await page.waitFor("the charts again", () => document.querySelector("#charts").checkVisibility());
    },
  },
  {
    name: "the sum is the field, term by term",
    async run({ page, check }) {
      await stopped(page);
      await openSpec(page, small);
      await page.waitForText("#story-now", /^(After|At once)/);
      await page.press("r");
      await momentIs(page, 0);
      await page.press("w");
      // A band in the middle of its box.
      const { x, y } = await page.at(grid, 1 / 6, 0.5);
      await page.tab.mouse.move(x, y);
      await page.waitForText(title, "Why: row 1, column 1");
      // 0.25 of its own, −0.5 and −2 from the others.
      await page.waitForText(".push-sum", "bias 0.25 + Σ w·s = −2.25");
      await page.waitForText(
        ".explain-verdict",
        "It is ink, but the others push it to paper: once asked, it will turn to paper.",
      );
      check.deepEqual(await sums(page), { field: -2.25, paper: -2.5, ink: 0.25 });
      const voices = await page.eval(() =>
        [...document.querySelectorAll(".voices li:not([hidden])")].map((row) => row.textContent),
      );
      check.deepEqual(voices, ["row 1, column 3−2.000", "row 1, column 2−0.500"]);
    },
  },
  {
    name: "pointing does not stop a run, and what is said follows it",
    async run({ page, check }) {
      await slowly(page, 25);
      await page.press("w");
      await point(page, 6, 6);
      await page.waitForText(title, "Why: row 7, column 7");
      const first = await page.text(".push-sum");
      await page.waitFor("other sums", (first) => document.querySelector(".push-sum").textContent !== first, first);
      check.equal(await page.eval(() => document.querySelector("#lab").dataset.running), "true");
      await page.click(grid, ...(await middle(page, 6, 6)));
      await rested(page);
    },
  },
  {
    name: "a cell that changed says when, and why it did, and the way there is open",
    async run({ page, check }) {
      await hurried(page);
      await page.press("w");
      // One of its cells was wrong, and was asked.
      const cells = [];
      for (let i = 0; i < 60; i += 1) cells.push([(i * 7) % 16, (i * 5) % 16]);
      let found = false;
      for (const cell of cells) {
        await page.click(grid, ...(await middle(page, ...cell)));
        await page.waitForText(title, `Why: row ${cell[1] + 1}, column ${cell[0] + 1}`);
        found = await page.eval(() => /It last changed/.test(document.querySelector(".explain-did").textContent));
        if (found) break;
      }
      check.ok(found, "some cell has changed");
      const step = Number((await page.text(".explain-did span")).match(/step ([\d,]+)/)[1].replace(",", ""));
      const [end, here] = [await moment(page), await hash(page)];
      check.ok(step >= 1 && step <= end);
      await page.click("text=Why did it?");
      await page.waitForText(title, new RegExp(`^Why at step ${step.toLocaleString("en")}`));
      await page.waitForText(".explain-verdict", /once asked, it had to turn/);
      check.equal(await moment(page), end, "looking back is not going there");
      check.equal(await hash(page), here);
      await page.click("text=Back to now");
      await page.waitForText(".explain-verdict", /^It is/);
      await page.click("text=Go there");
      await momentIs(page, step - 1);
      await page.waitForText(".explain-verdict", /once asked, it will turn/);
      // The next update is the one that changes it.
      await page.press(".");
      await page.waitForText(".explain-verdict", /^It is .* stays/);
      await page.waitForText(".explain-did", `It last changed at step ${step.toLocaleString("en")}.`);
      await page.press("n");
      await hashIs(page, here);
    },
  },
  {
    name: "by keyboard: the cursor asks, space keeps, a voice leads to its cell",
    async run({ page, check }) {
      await stopped(page);
      await page.press("w");
      await page.eval(() => document.querySelector(".grid-canvas").focus());
      await page.press("ArrowRight", "ArrowDown");
      await page.waitForText(title, "Why: row 2, column 2");
      await page.press(" ");
      await page.waitForText(".explain .for-mouse", "Kept here");
      await page.press("ArrowRight");
      await page.waitForText(title, "Why: row 2, column 3");
      await page.eval(() => document.querySelector(".voice").focus());
      const name = await page.text(".voice-name");
      await page.press("Enter");
      await page.waitForText(title, `Why: ${name}`);
      check.equal(await page.eval(() => document.activeElement.className), "voice", "the focus stays in the list");
      await page.click(".explain .back");
      await page.waitFor("the charts", () => document.querySelector("#charts").checkVisibility());
      check.equal(await page.eval(() => document.querySelector("[data-tool=draw]").ariaChecked), "true");
    },
  },
  {
    name: "on a phone a touch asks, and the answer comes into sight below the picture",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      await rested(page);
      await page.tap("[data-tool=ask]");
      await page.waitForText(title, "Ask a cell why");
      await page.tap(grid, ...(await middle(page, 5, 5)));
      await page.waitForText(title, "Why: row 6, column 6");
      await page.waitFor("the answer in sight", () => {
        const box = document.querySelector(".explain-verdict").getBoundingClientRect();
        return box.top > 0 && box.bottom <= document.querySelector("#transport").getBoundingClientRect().top;
      });
      const picture = await page.eval(() => document.querySelector(".grid-canvas").getBoundingClientRect().bottom);
      check.ok(picture > 200, "with the picture in sight too");
    },
  },
  {
    name: "where there is heat the sentence says so, and a held cell is held",
    async run({ page }) {
      await stopped(page);
      await page.press("h");
      await page.click(grid, ...(await middle(page, 2, 2)));
      await page.press("w");
      await page.click(grid, ...(await middle(page, 2, 2)));
      await page.waitForText(".explain-verdict", "It is held");
      await page.click(grid, ...(await middle(page, 4, 2)));
      await page.waitForText(".explain-verdict", /^It is (ink|paper), .*(ink|paper)\.$/);
      await pretend(page, {
        description: { controls: [{ key: "temperature", label: "temperature", group: "", kind: {}, when: [] }] },
        session: { values: { temperature: 0.5 } },
      });
      await page.press("h");
      await page.click(grid, ...(await middle(page, 9, 9)));
      await page.press("w");
      await page.click(grid, ...(await middle(page, 4, 2)));
      await page.waitForText(".explain-verdict", "With heat");
    },
  },
  ...[false, true].map((dark) => ({
    name: `readers find nothing amiss in what is said of a cell, of an event, and of the keys, ${dark ? "dark" : "light"}`,
    dark,
    async run({ page }) {
      await stopped(page);
      await page.press(".", ".");
      await page.drag(grid, [await middle(page, 0, 0), await middle(page, 3, 0)]);
      await page.press(".", ".", "w");
      await page.click(grid, ...(await middle(page, 4, 4)));
      await page.waitForText(title, "Why: row 5, column 5");
      await page.waitFor("the event", () => document.querySelector(".timeline-mark") !== null);
      await page.eval(() => document.querySelector(".timeline-mark").focus());
      await audit(page, "with a cell asked");
      await page.press("?");
      await page.waitForText(".keys-sheet h2", "Keys");
      await audit(page, "with the sheet of keys");
    },
  })),
];

/** Hints: one at a time, where they are about, gone for good once done. */
import { dot, hurried, played, rested, slowly, stopped } from "./page-parts.mjs";

const hint = (page, words) => page.waitForText(".story-hint:not([hidden])", words);
const none = (page) => page.waitFor("no hint", () => document.querySelector(".story-hint").hidden);
const marked = (page) =>
  page.eval(() => [...document.querySelectorAll(".hinted")].map(({ id, className }) => id || className));

const refuse = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException("no", "SecurityError");
  };
};

export default [
  {
    name: "one after another, each where it is about, and none twice",
    async run({ page, check }) {
      await slowly(page);
      await page.waitFor("its first step", () => document.querySelector(".timeline-slider").value > 0);
      check.ok(await page.eval(() => document.querySelector(".story-hint").hidden), "not before a run has ended");
      await page.set('[data-does="speed"]', 100);
      await rested(page);
      await hint(page, "draw on it");
      check.deepEqual(await marked(page), ["grid-box hinted"]);
      const before = await page.box(".grid-canvas");
      await dot(page);
      await none(page);
      check.deepEqual(await marked(page), []);
      check.deepEqual(await page.box(".grid-canvas"), before, "nothing moved");
      await page.click('[data-does="play"]');
      await hint(page, "spoil it again");
      check.deepEqual(await marked(page), ["spoil"]);
      await page.click(".story-hint button");
      await none(page);
      await page.click('[data-does="play"]');
      await hint(page, "Share keeps");
      await page.click('[data-does="share"]');
      await page.press("Escape");
      await none(page);
      await page.waitForText(".work-status", "Saved here");
      await page.reload();
      await page.waitFor("the page", () => document.querySelector("#lab").dataset.hash);
      await played(page);
      check.equal(await page.eval(() => document.querySelector(".story-hint").hidden), true, "never again");
    },
  },
  {
    name: "what was done before is no news",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      await page.click('[data-does="play"]');
      await hint(page, "spoil it again");
      check.deepEqual(await page.eval(() => JSON.parse(localStorage.getItem("engram:hints"))), ["draw"]);
    },
  },
  {
    name: "where nothing can be kept, a hint comes once a visit",
    async run({ page }) {
      await page.before(refuse);
      await page.reload();
      await hurried(page);
      await hint(page, "draw on it");
      await page.click(".story-hint button");
      await none(page);
      await page.click('[data-does="play"]');
      await hint(page, "spoil it again");
    },
  },
];

/** The line of machines: one becomes the next, and pictures and screen stay. */
import { audit, opened, stopped } from "./page-parts.mjs";

const stops = ".line-stop";
const here = (page) =>
  page.eval(
    (stops) => [...document.querySelectorAll(stops)].findIndex((one) => one.getAttribute("aria-current") === "step"),
    stops,
  );
const terms = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".line-formula [data-term]")].map((term) => ({
      id: term.dataset.term,
      fresh: term.hasAttribute("data-fresh"),
    })),
  );
const memories = (page) => page.eval(() => document.querySelectorAll(".card").length);

export default [
  {
    name: "a stop keeps the pictures and changes the machine, and only new terms of its formula are marked",
    async run({ page, check }) {
      await stopped(page);
      await page.waitFor("the line", () => document.querySelector(".line-stop") !== null);
      const [at, kept, model] = [await here(page), await memories(page), await page.text(".model-name")];
      check.ok(at >= 0);
      await page.click(".line-toggle");
      check.ok((await terms(page)).every(({ fresh }) => !fresh));
      await audit(page, "the line");
      const link = await page.url();
      const all = await page.count(stops);
      const to = at + 1 < all ? at + 1 : at - 1;
      await page.eval(({ stops, to }) => document.querySelectorAll(stops)[to].click(), { stops, to });
      await page.waitFor(
        "the next stop",
        ({ stops, to }) => document.querySelectorAll(stops)[to]?.getAttribute("aria-current") === "step",
        { stops, to },
      );
      check.notEqual(await page.text(".model-name"), model);
      check.equal(await memories(page), kept);
      const after = await terms(page);
      check.ok(after.some(({ fresh }) => fresh) && after.some(({ fresh }) => !fresh), JSON.stringify(after));
      await page.until("its link", async () => (await page.url()) !== link);
      await page.eval(() => history.back());
      await page.waitFor(
        "the way back",
        ({ stops, at }) => document.querySelectorAll(stops)[at]?.getAttribute("aria-current") === "step",
        {
          stops,
          at,
        },
      );
    },
  },
  {
    name: "a line fits a phone",
    viewport: { width: 320, height: 700 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      await page.waitFor("the line", () => document.querySelector(".line-stop") !== null);
      await page.click(".line-toggle");
      const wide = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check.equal(wide, 0, "nothing scrolls sideways");
      const low = await page.eval(
        () => [...document.querySelectorAll("#line :is(button, select)")].filter((one) => one.offsetHeight < 44).length,
      );
      check.equal(low, 0, "targets are 44 pixels");
    },
  },
];

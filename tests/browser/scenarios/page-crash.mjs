/** When the engine dies, the page does not. */
import { crash, holdWorkers, opened, played, stopped } from "./page-parts.mjs";

async function prepared(page) {
  await page.before(holdWorkers);
  await page.reload();
  await opened(page);
  await stopped(page);
  const memories = await page.count(".card");
  await page.click('[data-does="store"]');
  await page.waitFor("one more", (n) => document.querySelectorAll(".card").length === n, memories + 1);
  await page.waitForText(".work-status", "Saved here");
  return memories + 1;
}

export default [
  {
    name: "a crash costs nothing: a new worker opens what was saved",
    async run({ page, check }) {
      const memories = await prepared(page);
      await crash(page, 1);
      await page.waitForText(".notice.warning", "started again");
      check.equal(await page.eval(() => globalThis.__workers.length), 2);
      check.equal(await page.count(".card"), memories);
      await page.press(".");
      await played(page);
    },
  },
  {
    name: "a worker that falls silent is replaced",
    async run({ page, check }) {
      const memories = await prepared(page);
      await page.eval(() => globalThis.__workers.at(-1).terminate());
      await page.waitForText(".notice.warning", "started again", 30_000);
      check.equal(await page.count(".card"), memories);
    },
  },
  {
    name: "a second crash soon after is final, and the work is there to copy",
    async run({ page, check }) {
      await prepared(page);
      await crash(page, 1);
      await crash(page, 2, "started again");
      await page.waitForText("#problem h2", "stopped twice");
      check.match(await page.eval(() => document.querySelector("#problem textarea").value), /"patterns"/);
    },
  },
];

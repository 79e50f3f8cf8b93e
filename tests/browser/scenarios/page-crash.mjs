/** When the engine dies, the page does not. */
import { opened, played, stopped } from "./page-parts.mjs";

/** Keeps hold of every worker the page starts, from before its first line. */
const holdWorkers = () => {
  globalThis.__workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...wish) {
      super(...wish);
      globalThis.__workers.push(this);
    }
  };
};

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

const crash = () => {
  const data = { type: "crash", message: "unreachable" };
  globalThis.__workers.at(-1).dispatchEvent(new MessageEvent("message", { data }));
};

export default [
  {
    name: "a crash costs nothing: a new worker opens what was saved",
    async run({ page, check }) {
      const memories = await prepared(page);
      await page.eval(crash);
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
      await page.eval(crash);
      // In the same breath: a driver may be late for "soon".
      await page.waitFor("the next worker's turn, and its crash", () => {
        if (!document.querySelector(".notice.warning")?.textContent.includes("started again")) return false;
        const data = { type: "crash", message: "unreachable" };
        globalThis.__workers.at(-1).dispatchEvent(new MessageEvent("message", { data }));
        return true;
      });
      await page.waitForText("#problem h2", "stopped twice");
      check.match(await page.eval(() => document.querySelector("#problem textarea").value), /"patterns"/);
    },
  },
];

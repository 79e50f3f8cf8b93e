/** Experiments that need a file of pictures: it is fetched when one is opened, and the page says so if it cannot be. */
import { opened } from "./page-parts.mjs";

/** Named by the data that it needs: a machine that learns from them. */
const LEARNS = "#v=1&e=3&m=classifier&data=handwritten&degree=2&epochs=2&k=27cb30fe";

/** How many different greys the grid shows. */
const greys = () => {
  const canvas = document.querySelector(".grid-canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(data.filter((_, at) => at % 4 === 0)).size;
};

/**
 * Data sets cannot be had from now on, until `__open` is called: what asks for one is refused, or waits for that
 * after `slow`.
 */
function shut() {
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      const script = `const { fetch } = self;
        let shut = true;
        let opened;
        const open = new Promise((done) => { opened = done; });
        addEventListener("message", (event) => {
          if (event.data?.gate !== "open") return;
          shut = false;
          opened();
          event.stopImmediatePropagation();
        });
        self.fetch = (what, how) =>
          !shut || !String(what).includes("/data/") ? fetch(what, how)
            : ${Boolean(globalThis.__slow)} ? open.then(() => fetch(what, how)) : Promise.reject(new TypeError("shut"));
        await import(${JSON.stringify(String(url))});`;
      super(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), options);
      globalThis.__open = () => this.postMessage({ gate: "open" });
    }
  };
}

const slow = () => {
  globalThis.__slow = true;
};

export default [
  {
    name: "data are fetched for the experiment that needs them, and memories form",
    hash: LEARNS,
    async run({ page, check }) {
      await opened(page);
      await page.waitFor("the grid", () => document.querySelector("#lab").dataset.running !== undefined);
      await page.waitFor(
        "the end of learning",
        () =>
          document.querySelector("#lab").dataset.running === "false" &&
          document.querySelector(".timeline-slider").value === "54",
        null,
        60_000,
      );
      check.ok((await page.eval(greys)) > 20, "the memories are not grey");
      check.equal(page.requests.filter((url) => url.endsWith("/data/digits8.bin")).length, 1);
    },
  },
  {
    name: "an experiment that needs no data fetches none",
    async run({ page, check }) {
      await opened(page);
      check.ok(page.requests.every((url) => !url.includes("/data/")));
    },
  },
  {
    name: "while data are on their way it is said, and nothing can be pressed",
    async run({ page, check }) {
      await opened(page);
      await page.before(slow);
      await page.before(shut);
      await page.reload();
      await opened(page);
      const title = await page.text(".preset-name");
      await page.eval((hash) => {
        location.hash = hash;
      }, LEARNS);
      await page.waitForText("#story-now", "are on their way");
      check.equal(await page.count(".column[inert]"), 3);
      check.equal(await page.text(".preset-name"), title);
      await page.eval(() => globalThis.__open());
      // By its name: the experiment before it may have run for a while, and its slider stands until this one comes.
      await page.waitFor(
        "its run",
        (before) =>
          document.querySelector(".preset-name").textContent !== before &&
          document.querySelector(".timeline-slider").value > 0,
        title,
      );
      check.equal(await page.count(".column[inert]"), 0);
      check.doesNotMatch(await page.text("#story-now"), /on their way/);
      // The first visit, with nothing open yet.
      await page.reload();
      await page.waitForText("#story-now", "are on their way");
      check.equal(await page.eval(() => document.querySelector("#lab").dataset.phase), "loading");
      await page.eval(() => globalThis.__open());
      await page.waitFor("its run", () => document.querySelector(".timeline-slider")?.value > 0);
      check.equal(await page.count(".column[inert]"), 0);
    },
  },
  {
    name: "data that do not come are missed by name, and can be asked for again",
    async run({ page, check }) {
      await opened(page);
      await page.before(shut);
      await page.reload();
      await opened(page);
      await page.eval((hash) => {
        location.hash = hash;
      }, LEARNS);
      await page.waitForText("#problem h2", "did not come");
      check.match(
        await page.eval(() => document.querySelector("#problem").textContent),
        /data\/digits8\.bin could not/,
      );
      await page.eval(() => globalThis.__open());
      await page.click("text=Try again");
      await page.waitFor("the experiment", () => document.querySelector("#problem").hidden);
      check.equal(await page.eval(() => document.querySelector("#lab").hidden), false);
      await page.waitFor("its memories", () => document.querySelector(".timeline-slider").value > 0);
    },
  },
];

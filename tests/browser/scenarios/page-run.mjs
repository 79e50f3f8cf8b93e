/** The run: it begins by itself, ends honestly, and every moment of it comes back bit for bit. */
import {
  begun,
  blank,
  ended,
  hash,
  hashIs,
  hashOther,
  hurried,
  isInk,
  middle,
  moment,
  momentIs,
  opened,
  played,
  rested,
  slowly,
  stopped,
  story,
  timeline,
} from "./page-parts.mjs";

/** The cells of the picture that the run began from, in small: true for ink. */
const before = (page) =>
  page.eval(() => {
    const canvas = document.querySelector(".origin canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const dark = (i) => data[4 * i] + data[4 * i + 1] + data[4 * i + 2] < 384;
    return Array.from({ length: data.length / 4 }, (_, i) => dark(i));
  });

export default [
  {
    name: "a spoiled picture is being recalled without a click, and the end is told",
    async run({ page, check }) {
      await page.waitForText(story, /spoiled .*(wrong|unknown)/);
      await ended(page);
      await page.waitForText(story, /^After [\d.]+ sweeps? /);
      check.ok((await moment(page)) > 0);
      check.equal(await page.eval(() => location.hash), "", "looking on writes no link");
      check.ok((await page.text("#story-try")).length > 20, "there is something to try");
    },
  },
  {
    name: "back, forward and the timeline come to the same states",
    async run({ page, check }) {
      await ended(page);
      const end = await hash(page);
      const last = await moment(page);
      check.ok(last > 4, `the run took ${last} updates`);
      await page.press(",", ",", ",", ",");
      await momentIs(page, last - 4);
      const earlier = await hash(page);
      check.notEqual(earlier, end);
      await page.press(".", ".", ".", ".");
      await hashIs(page, end);
      await page.set(timeline, 0);
      const start = await hashOther(page, end);
      await page.set(timeline, last - 4);
      await hashIs(page, earlier);
      await page.set(timeline, 0);
      await hashIs(page, start);
      await page.set(timeline, last);
      await hashIs(page, end);
    },
  },
  {
    name: "what it began from stands beside what it came to, and leads back there",
    async run({ page, check }) {
      await hurried(page);
      await page.waitFor("the small picture", () => !document.querySelector(".origin[data-idle]"));
      const cells = await before(page);
      check.equal(cells.length, 256);
      // A cell that is held there makes no other beginning of it.
      await page.click('[data-tool="hold"]');
      await page.click(".grid-canvas", ...(await middle(page, 3, 3)));
      await page.waitFor("the held cell", () => document.querySelector("[data-does=release]")?.checkVisibility());
      await page.click('[data-does="release"]');
      await page.waitFor("it to be let go", () => !document.querySelector("[data-does=release]")?.checkVisibility());
      check.deepEqual(await before(page), cells);
      check.equal(await page.count(".origin[data-idle]"), 0);
      const end = await hash(page);
      await page.click(".origin");
      await hashOther(page, end);
      check.equal(await moment(page), 0);
      await page.waitFor("nothing to compare with", () => document.querySelector(".origin[data-idle]") !== null);
      // A change may still glow.
      for (const i of [0, 5, 85, 119, 136, 170, 200, 255]) {
        const is = () => isInk(page, i % 16, Math.floor(i / 16));
        await page.until(`cell ${i} as it was`, async () => (await is()) === cells[i]);
      }
      // By keys: the focus goes on to what runs it again.
      await page.press(".");
      await page.waitFor("the small picture", () => !document.querySelector(".origin[data-idle]"));
      await page.eval(() => document.querySelector(".origin").focus());
      await page.press("Enter");
      await page.waitFor("Play to have the focus", () => document.activeElement.dataset.does === "play");
      // What is drawn is what the next run begins from.
      await blank(page);
      await page.press(">");
      await page.waitFor("the small picture", () => !document.querySelector(".origin[data-idle]"));
      check.ok((await before(page)).every((dark) => !dark));
    },
  },
  {
    name: "the keys run it: one neuron, one sweep, play, pause, to the start",
    async run({ page, check }) {
      await stopped(page);
      await page.press("r");
      await momentIs(page, 0);
      await page.press(".");
      await momentIs(page, 1);
      await page.press(">");
      await page.waitForText(".timeline-sweep", /sweep 1$/);
      await page.press("r");
      await momentIs(page, 0);
      await page.set('[data-does="speed"]', 0);
      await page.eval(() => document.activeElement.blur());
      await page.press(" ");
      await begun(page);
      await page.press(" ");
      await rested(page);
      const here = await moment(page);
      await new Promise((resolve) => setTimeout(resolve, 300));
      check.equal(await moment(page), here, "a pause is a pause");
    },
  },
  {
    name: "the same seed gives the same run, other dice another",
    async run({ page, check }) {
      const runWith = async (seed) => {
        await page.type(".seed", String(seed));
        await played(page, () => page.press("Enter"));
        return hash(page);
      };
      await stopped(page);
      const first = await runWith(11);
      await runWith(12);
      check.equal(await runWith(11), first);
      await page.click("text=Roll a new seed");
      await page.waitFor("another seed", () => document.querySelector(".seed").value !== "11");
    },
  },
  {
    name: "a seed that is none is refused and stays to be mended",
    async run({ page, check }) {
      await stopped(page);
      await page.type(".seed", "-3 apples");
      await page.press("Enter");
      await page.waitForText(".pace .field-error", "whole number");
      check.equal(await page.eval(() => document.querySelector(".seed").value), "-3 apples");
    },
  },
  {
    name: "opened out of sight it waits to be seen",
    async run({ page, check, site }) {
      const hide = () => {
        globalThis.__hidden = true;
        Object.defineProperty(document, "hidden", { configurable: true, get: () => globalThis.__hidden });
      };
      await page.before(hide);
      await page.open(site.url);
      await page.waitForText(story, /spoiled .*(wrong|unknown)/);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      check.equal(await moment(page), 0);
      await page.eval(() => {
        globalThis.__hidden = false;
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await ended(page);
      check.ok((await moment(page)) > 0);
    },
  },
  {
    name: "out of sight it stands still, and goes on from there",
    async run({ page, check }) {
      await slowly(page, 15);
      await page.waitFor("some steps", () => document.querySelector(".timeline-slider").value > 2);
      const look = (hidden) =>
        page.eval((hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }, hidden);
      await look(true);
      await rested(page);
      const there = await moment(page);
      await new Promise((resolve) => setTimeout(resolve, 4000));
      check.equal(await moment(page), there);
      await look(false);
      const since = performance.now();
      const further = await page.waitFor(
        "it to go on",
        (there) => {
          const now = Number(document.querySelector(".timeline-slider").value);
          return now > there && now - there;
        },
        there,
      );
      // At some 8 a second it would have made 30 out of sight.
      check.ok(further < 8 + (performance.now() - since) / 100, `${further} steps at once`);
    },
  },
  {
    name: "under reduced motion a run is a row of still pictures",
    reducedMotion: true,
    async run({ page, check }) {
      await opened(page);
      const seen = new Set();
      const watch = Date.now() + 12_000;
      while (Date.now() < watch) {
        seen.add(await moment(page));
        if ((await page.eval(() => document.querySelector("#lab").dataset.running)) === "false") break;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      await page.waitForText(story, /^After /);
      check.ok(seen.size <= 8, `saw ${seen.size} moments`);
    },
  },
];

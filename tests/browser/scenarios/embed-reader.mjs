/** A reader meets embeds in a text: they run only while they are seen, and never get in the way of scrolling. */
import { across, framed, heard, here, inside, order, send, waitHeard } from "./embed-parts.mjs";
import { crash, holdWorkers } from "./page-parts.mjs";

const sandbox = "allow-scripts";
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const scrollTo = (page, place) =>
  page.eval((place) => document.querySelectorAll("iframe, p")[place].scrollIntoView({ behavior: "instant" }), place);
const scrolled = (page) => page.eval(() => Math.round(scrollY));

/** A network with a temperature: it never comes to rest by itself. */
const RESTLESS =
  "v=1&e=3&m=hopfield&set=icons&take=face,%20heart,%20cat,%20key,%20rocket&temperature=0.45&update=heat_bath&start=4&flip=0.3&view=keep:temperature,keep:update&title=A%20little%20warmth&text=At%20a%20low%20temperature%20neurons%20now%20and%20then%20go%20against%20the%20pull.%20The%20picture%20shimmers,%20but%20the%20memory%20stays.&k=2c5adfcd";

/** A network that learns from a file of pictures. */
const LEARNS =
  "v=1&e=3&m=classifier&data=handwritten&degree=2&view=keep:degree,keep:asked,keep:rate,speed:54&title=Memories%20that%20become%20strokes&text=A%20flat%20energy,%20n%20%3D%202:%20many%20memories%20answer%20together,%20so%20what%20they%20learn%20of%20handwritten%20digits%20are%20strokes.&k=25343294";

/** Drags a finger up over the page, from one place by a length. */
async function swipe(page, { x, y }, length) {
  await page.own.touchStart({ x, y });
  for (let step = 1; step <= 12; step += 1) {
    await page.own.touchMove({ x, y: y - (length * step) / 12 });
    await wait(16);
  }
  await page.own.touchEnd();
  await wait(400);
  // The page moves on for a while after the finger has left it.
  for (let before = Number.NaN; ; ) {
    const now = await scrolled(page);
    if (now === before) return;
    before = now;
    await wait(150);
  }
}

/** Waits until the picture has been the same for half a second; returns its hash. */
async function still(embed) {
  for (let before = ""; ; ) {
    const now = await embed.hash();
    if (now === before) return now;
    before = now;
    await wait(500);
  }
}

const phone = { viewport: { width: 390, height: 844 }, touch: true };

export default [
  {
    name: "out of sight it stands still, and goes on when it is seen again",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site }) {
      const stop = await framed(page, [{ src: `${site.url}embed.html#${RESTLESS}&ui=story`, sandbox }, { far: true }]);
      const embed = await inside(page);
      await embed.waitFor("a run", () => document.querySelector("#lab")?.dataset.running === "true");
      const moving = await embed.hash();
      await embed.waitFor("steps", (hash) => document.querySelector("#lab").dataset.hash !== hash, moving);
      await page.eval(() => scrollTo({ top: 2000, behavior: "instant" }));
      await embed.rested();
      const { step } = await page.waitFor("word of that", () => {
        const last = globalThis.heard.findLast(({ type }) => type === "state");
        return last.running === false && last;
      });
      const before = (await heard(page, "state")).length;
      await wait(1500);
      await send(page, order("play"));
      await wait(1500);
      const away = (await heard(page, "state")).slice(before);
      check.ok(!away.some(({ running }) => running), "an order waits until it is seen");
      await page.eval(() => scrollTo({ top: 0, behavior: "instant" }));
      const next = await page.waitFor(
        "it to run again",
        (before) =>
          globalThis.heard.filter((one) => one.type === "state").findLast((one, i) => i >= before && one.running),
        before,
      );
      // In three seconds it would have made more than 200 steps.
      check.ok(next.step - step < 100, `${next.step - step} steps out of sight`);
      await stop();
    },
  },
  {
    name: "ten on one page: each wakes when it is seen, and what is not seen does not run",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site }) {
      const ten = Array.from({ length: 10 }, () => [
        { src: `${site.url}embed.html#${RESTLESS}&ui=bare`, sandbox },
        { far: true },
      ]).flat();
      const stop = await framed(page, ten);
      const first = await inside(page, 0);
      await first.open();
      await waitHeard(page, "ready", 0);
      await wait(500);
      const awake = () =>
        page.eval(() => new Set(heard.filter((one) => one.type === "ready").map((one) => one.frame)).size);
      check.equal(await awake(), 1, "only the first has started");
      for (let place = 1; place < 10; place += 1) {
        await scrollTo(page, place + 1);
        await waitHeard(page, "ready", place);
      }
      check.equal(await awake(), 10);
      const last = await inside(page, 9);
      await last.waitFor("a run", () => document.querySelector("#lab")?.dataset.running === "true");
      for (let place = 0; place < 9; place += 1) {
        await page.waitFor(
          `number ${place} to stand still`,
          (place) =>
            globalThis.heard.findLast(({ type, frame }) => type === "state" && frame === place).running === false,
          place,
        );
      }
      await stop();
    },
  },
  {
    name: "the wheel scrolls the page, and the focus stays where it was",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site, browser }) {
      const stop = await framed(page, [
        { src: `${site.url}embed.html#autoplay=0&ui=story`, sandbox, style: "height: 700px" },
        { src: `${site.url}embed.html#autoplay=0&v=1&m=nothing`, sandbox, style: "height: 700px" },
        { far: true },
      ]);
      await (await inside(page)).open();
      check.equal(await page.eval(() => document.activeElement.tagName), "BODY");
      await page.tab.mouse.move(300, 300);
      if (browser === "firefox") await page.tab.mouse.wheel({ deltaY: 300 });
      else await page.tab.mouse.wheel(0, 300);
      await page.waitFor("the page to scroll", () => scrollY > 100);
      // What cannot be opened does not call for the focus either.
      const broken = await inside(page, 1);
      await broken.waitFor("the reason", () => document.querySelector("#problem h2") !== null);
      check.equal(await page.eval(() => document.activeElement.tagName), "BODY");
      await stop();
    },
  },
  {
    name: "a finger scrolls past until it has tapped, then draws, and touching beside gives the scroll back",
    ...phone,
    allow: [across],
    path: "embed.html",
    async run({ page, check, site, browser }) {
      const stop = await framed(page, [
        { src: `${site.url}embed.html#autoplay=0&ui=story`, sandbox, style: "height: 700px" },
        { far: true },
      ]);
      const embed = await inside(page);
      await embed.open();
      const signs = () => embed.seen([".touch-sign", ".touch-line"]);
      if (browser === "chromium") check.deepEqual(await signs(), [".touch-sign", ".touch-line"]);
      const start = await embed.hash();
      const picture = async () => {
        const frame = await page.eval(() => {
          const { x, y } = document.querySelector("iframe").getBoundingClientRect();
          return { x, y };
        });
        const box = await embed.eval(() => {
          const { x, y, width, height } = document.querySelector(".grid-canvas").getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        });
        return { x: frame.x + box.x, y: frame.y + box.y };
      };
      await swipe(page, await picture(), 200);
      // Firefox is not told of fingers by its driver as a screen tells it: there they draw or not, but never scroll.
      if (browser === "chromium") check.ok((await scrolled(page)) > 100, "the page was scrolled");
      check.equal(await embed.hash(), start, "and nothing was drawn");
      const at = await picture();
      await page.own.tap(at);
      await embed.waitFor("the picture to be held", () => document.querySelector("#stage").hasAttribute("data-held"));
      await page.waitFor("word of a run", () =>
        globalThis.heard.some(({ type, running }) => type === "state" && running),
      );
      await embed.rested();
      const before = [await embed.hash(), await scrolled(page)];
      await swipe(page, at, 80);
      await embed.waitFor("a drawing", (hash) => document.querySelector("#lab").dataset.hash !== hash, before[0]);
      check.equal(await scrolled(page), before[1], "drawing does not scroll");
      const beside = await embed.eval(() => document.querySelector("#story-now").getBoundingClientRect().y + 5);
      const { y } = await page.eval(() => document.querySelector("iframe").getBoundingClientRect().toJSON());
      await page.own.tap({ x: 100, y: y + beside });
      await embed.waitFor("it to be free", () => !document.querySelector("#stage").hasAttribute("data-held"));
      const drawn = await still(embed);
      await swipe(page, await picture(), 120);
      if (browser === "chromium") check.ok((await scrolled(page)) > before[1] + 50, "and scrolls again");
      check.equal(await embed.hash(), drawn);
      await stop();
    },
  },
  {
    name: "what learns from a file is not shown in a frame: it says so, and leads to the lab",
    path: "embed.html",
    hash: `#ui=story&${LEARNS}`,
    async run({ page, check, site }) {
      await page.waitForText("#problem h2", "Memories that become strokes");
      check.match(await page.text(".problem-plain"), /file of pictures/);
      check.doesNotMatch(await page.text("#problem"), /connection|again|What you opened/);
      const way = await page.waitFor("the way", () => document.querySelector("#problem [data-does=open-lab]").href);
      check.equal(way, `${site.url}#${LEARNS}`);
      check.equal(await page.count("#problem button:not([hidden] *)"), 0);
    },
  },
  {
    name: "reduced motion: nothing starts by itself",
    reducedMotion: true,
    path: "embed.html",
    hash: "#ui=story",
    async run({ page, check }) {
      await page.waitFor("an experiment", () => document.querySelector("#lab").dataset.hash);
      const start = await page.eval(() => document.querySelector("#lab").dataset.hash);
      await wait(2500);
      check.equal(await page.eval(() => document.querySelector("#lab").dataset.hash), start);
      await page.click("[data-does=quick-play]");
      await page.waitFor("a run", (start) => document.querySelector("#lab").dataset.hash !== start, start);
    },
  },
  {
    name: "when its engine dies twice it says so, and begins anew when asked",
    path: "embed.html",
    async run({ page, check }) {
      await page.before(holdWorkers);
      await page.reload();
      await page.waitFor("an experiment", () => document.querySelector("#lab").dataset.hash);
      await crash(page, 1);
      await crash(page, 2);
      await page.waitForText("#problem h2", "stopped");
      check.equal(await page.count("#problem textarea"), 0);
      await page.eval(() => {
        globalThis.__before = true;
      });
      await page.click("text=Reload");
      await here(page).waitFor("another visit", () => !globalThis.__before);
      await here(page).open();
    },
  },
];

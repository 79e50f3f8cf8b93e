/** The verdict: its reasons, told of the state that is seen, and the next things to try, as buttons that do them. */
import { readFile } from "node:fs/promises";
import { hash, hashOther, openSpec, pretend, rested, slowly, stopped } from "./page-parts.mjs";

const presets = new URL("../../../www/presets/", import.meta.url);

/** Opens one of the page's experiments by the name of its file. */
async function openPreset(page, name, more = {}) {
  const { expect, tags, ...spec } = JSON.parse(await readFile(new URL(`${name}.json`, presets), "utf8"));
  await openSpec(page, { ...spec, ...more });
}

/** Waits for a verdict, and asks why. */
async function why(page) {
  await page.waitFor("a verdict", () => !document.querySelector(".why").hasAttribute("data-idle"));
  await page.click(".why");
  await page.waitFor("the reasons", () => document.querySelector(".verdict")?.checkVisibility());
}

const rows = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".verdict-row")].map((row) => [...row.children].map((part) => part.textContent)),
  );
const ways = (page) =>
  page.eval(() => [...document.querySelectorAll(".verdict .button-row button")].map((way) => way.textContent));

export default [
  {
    name: "a recall gives its reasons, stays in its line, and is spoiled harder at the press of a button",
    async run({ page, check }) {
      await slowly(page);
      check.equal(
        await page.eval(() => getComputedStyle(document.querySelector(".why")).visibility),
        "hidden",
        "no verdict, no reasons",
      );
      await page.set('[data-does="speed"]', 100);
      await page.waitForText("#story-now", /^After/);
      const sentence = await page.box("#story-now");
      check.ok(sentence.height < 32, "the button makes the sentence no higher");
      await why(page);
      await page.waitForText(".verdict h2", "Recalled");
      check.equal(await page.focused(), "Recalled");
      check.ok(!(await page.eval(() => document.querySelector("#charts").checkVisibility())));
      const [first, ...others] = await rows(page);
      check.deepEqual([first[0], first[2], first[3]], ["face", "+1.00", "no cell differs"]);
      check.equal(others.length, 4);
      const sizes = others.map((row) => Number(row[2].replace(/[+−]/, "")));
      check.deepEqual(
        sizes,
        [...sizes].sort((a, b) => b - a),
      );
      // An overlap is one minus twice the share of cells that differ.
      for (const [, , likeness, differ] of others) {
        const overlap = 1 - (2 * Number.parseInt(differ, 10)) / 256;
        check.ok(Math.abs(overlap - Number(likeness.replace("−", "-"))) < 0.006, `${likeness} and ${differ}`);
      }
      const harder = (await ways(page))[0];
      check.match(harder, /^Spoil harder: \d+ %$/);
      const wrong = Math.round((256 * Number.parseInt(harder.match(/\d+/)[0], 10)) / 100);
      await page.eval(() => {
        globalThis.__titles = [];
        const title = document.querySelector(".verdict h2");
        new MutationObserver(() => globalThis.__titles.push(title.textContent)).observe(title, { childList: true });
      });
      await page.click(`text=${harder}`);
      await page.waitForText("#story-now", new RegExp(`(${wrong} of its 256 cells|${wrong} of them mended)`));
      check.equal(await page.eval(() => document.querySelector(".spoil .number").value), harder.match(/\d+/)[0]);
      await page.set('[data-does="speed"]', 100);
      await rested(page);
      const titles = await page.waitFor("another verdict", () => globalThis.__titles.length > 1 && globalThis.__titles);
      check.equal(titles[0], "On the way");
    },
  },
  {
    name: "the way back leads to the charts and to the sentence, by button and by Escape",
    async run({ page, check }) {
      await page.set('[data-does="speed"]', 100);
      await page.waitForText("#story-now", /^After/);
      for (const leave of [() => page.click(".verdict .back"), () => page.press("Escape")]) {
        await why(page);
        await leave();
        await page.waitFor("the charts", () => document.querySelector("#charts").checkVisibility());
        check.equal(await page.focused(), "Why this verdict?");
        check.equal(await page.count(".verdict:not([hidden])"), 0);
      }
      // Whatever was opened last is in front, and the one before it is found again behind it.
      await page.set(".pick-select", "weights");
      await page.waitFor("the sheet", () => document.querySelector(".layer-panel")?.checkVisibility());
      await why(page);
      await page.click(".verdict .back");
      await page.waitFor("the sheet", () => document.querySelector(".layer-panel")?.checkVisibility());
      await page.click(".layer-panel .back");
      await page.waitFor("the charts", () => document.querySelector("#charts").checkVisibility());
    },
  },
  {
    name: "a mixture names its members; one of them is forgotten, and comes back",
    async run({ page, check }) {
      await stopped(page);
      await openPreset(page, "46-mixture-of-icons");
      await why(page);
      await page.waitForText(".verdict h2", "Mixture state");
      await page.waitForText(".verdict-facts", "The blend: “rocket”, “cat” and “key”.");
      check.deepEqual(
        (await rows(page))
          .slice(0, 3)
          .map(([name]) => name)
          .sort(),
        ["cat", "key", "rocket"],
      );
      const forget = (await ways(page)).find((way) => way.startsWith("Forget"));
      const name = forget.match(/“(.*)”/)[1];
      await page.click(`text=${forget}`);
      await page.waitFor("four memories", () => document.querySelectorAll(".card").length === 4);
      check.ok(!(await page.text("#shelf")).includes(name));
      await page.click("text=Undo");
      await page.waitFor("five memories", () => document.querySelectorAll(".card").length === 5);
      await page.waitForText(".verdict h2", "Mixture state");
      const change = (await ways(page)).find((way) => way.startsWith("Change"));
      await page.click(`text=${change}`);
      check.equal(await page.eval(() => document.activeElement.closest("[data-key]")?.dataset.key), "rule");
    },
  },
  {
    name: "a false memory, a 2-cycle and a run with heat are each told for what they are",
    async run({ page, check }) {
      await stopped(page);
      await openPreset(page, "52-too-much-damage", { view: {} });
      await page.set('[data-does="speed"]', 100);
      await page.waitForText("#story-now", /spurious/);
      await why(page);
      await page.waitForText(".verdict h2", "Spurious state");
      await page.waitForText(".verdict-facts", "No cell wants to change.");
      const less = (await ways(page)).find((way) => way.startsWith("Spoil less"));
      check.ok(less);
      const before = await hash(page);
      await page.click(`text=${less}`);
      await hashOther(page, before);
      // A control that is not on the page is found in the drawer.
      await page.click('[data-does="play"]');
      await openPreset(page, "40-smallest-two-cycle", { view: {} });
      await page.waitForText(".verdict h2", "2-cycle");
      await page.waitForText(".verdict-facts", "every 2 sweeps");
      check.equal(await page.count(".verdict-row"), 0);
      await page.click("text=Change the updates");
      check.equal(await page.eval(() => document.activeElement.closest(".drawer [data-key]")?.dataset.key), "update");
      await page.press("Escape");
      await openPreset(page, "45-hot");
      await page.waitFor("the run", () => Number(document.querySelector(".timeline-slider").value) > 20);
      await page.waitForText(".verdict h2", "On the way");
      await page.click('[data-does="play"]');
      await page.waitForText(".verdict h2", "Sampling");
      await page.waitForText(".verdict-facts", /cells want to change.*there is no end/);
      await page.click("text=Change the temperature");
      check.equal(await page.eval(() => document.activeElement.closest("[data-key]")?.dataset.key), "temperature");
    },
  },
  {
    name: "an ending that the page does not know has reasons too",
    async run({ page, check }) {
      await stopped(page);
      await pretend(page, { frame: { outcome: { kind: "limit_torus" }, settled: true } });
      await page.press(".");
      await page.waitForText("#story-now", "limit torus");
      await why(page);
      await page.waitForText(".verdict h2", "Limit torus");
      check.equal((await rows(page)).length, 5);
      check.ok((await ways(page)).length > 0);
    },
  },
  {
    name: "those who listen hear the end once, and a run that goes on seldom",
    async run({ page, check }) {
      await slowly(page);
      await page.eval(() => {
        globalThis.__said = [];
        const spoken = document.querySelector("#story > [aria-live]");
        const hear = () => globalThis.__said.push([performance.now(), spoken.textContent]);
        new MutationObserver(hear).observe(spoken, { childList: true, characterData: true, subtree: true });
      });
      await page.set('[data-does="speed"]', 45);
      await page.waitForText("#story > [aria-live]", /^After [\d.]+ sweeps? .* Pick another/);
      const ends = await page.eval(() => globalThis.__said.filter(([, text]) => text.startsWith("After")).length);
      check.equal(ends, 1);
      // Of a slow run the last step is seen as such, before it is known for the last.
      await page.set('[data-does="speed"]', 20);
      await openPreset(page, "11-three-letters");
      await page.waitForText("#story > [aria-live]", /spoiled/);
      await page.waitForText("#story > [aria-live]", /^After [\d.]+ sweeps? .* Pick another/);
      await openPreset(page, "45-hot");
      await page.set('[data-does="speed"]', 95);
      await page.waitForText("#story > [aria-live]", /keeps moving/);
      const since = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 4500));
      const times = await page.eval(() =>
        globalThis.__said.filter(([, text]) => text.includes("keeps moving")).map(([time]) => time),
      );
      check.ok(times.length <= 2 + (performance.now() - since) / 3000, `${times.length} times`);
      for (let i = 1; i < times.length; i += 1) check.ok(times[i] - times[i - 1] > 2900);
      check.equal(await page.count("#story-now[aria-live]"), 0, "the sentence that is seen is not said as well");
    },
  },
  {
    name: "on a phone the reasons come into sight",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await page.set('[data-does="speed"]', 100);
      await page.waitForText("#story-now", /^After/);
      await page.tap(".why");
      await page.waitForText(".verdict h2", "Recalled");
      const { y, height } = await page.eval(() => {
        const { y, height } = document.querySelector(".verdict h2").getBoundingClientRect();
        return { y, height };
      });
      check.ok(y >= 0 && y + height < 500, `the title is at ${y}`);
      const small = await page.eval(
        () =>
          [...document.querySelectorAll(".verdict button")].filter((b) => b.getBoundingClientRect().height < 44).length,
      );
      check.equal(small, 0);
    },
  },
];

/** Time: what was done to the run stands on its line, other runs branch off, and keys lead everywhere. */
import {
  chord,
  hash,
  hashIs,
  hashOther,
  hurried,
  middle,
  moment,
  momentIs,
  pretend,
  stopped,
  timeline,
  undisturbed,
} from "./page-parts.mjs";

const marks = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".timeline-mark:not([hidden])")].map((mark) => mark.getAttribute("aria-label")),
  );
const tip = (page) => page.eval(() => document.querySelector(".timeline-tip:not([hidden])")?.textContent ?? "");

/** Runs until it rests, draws a cell, and runs on: a run with an event in it. Returns the moment of the event. */
async function eventful(page) {
  await hurried(page);
  const at = await moment(page);
  await page.drag(".grid-canvas", [await middle(page, 0, 0), await middle(page, 3, 3)]);
  await page.waitFor("the stroke", () => document.querySelector("#story-now").textContent.startsWith("You changed"));
  await page.press(".", ".", ".");
  await momentIs(page, at + 3);
  return at;
}

export default [
  {
    name: "what was done is marked, told, and gone to by mouse and keys",
    async run({ page, check }) {
      const at = await eventful(page);
      const label = `at step ${at.toLocaleString("en")}`;
      const found = await marks(page);
      check.equal(found.length, 1, String(found));
      check.ok(found[0].endsWith(label), found[0]);
      await page.press("p");
      await momentIs(page, at);
      check.equal(await page.count(".timeline-mark[aria-current]"), 1);
      await page.press("p");
      await momentIs(page, 0);
      await page.press("n", "n");
      await momentIs(page, at + 3);
      await page.click(".timeline-mark");
      await momentIs(page, at);
      check.ok((await tip(page)).endsWith(label), "it says what it is");
      await page.eval(() => document.querySelector(".timeline-mark").blur());
      await page.tab.mouse.move(5, 5);
      check.equal(await tip(page), "");
    },
  },
  {
    name: "a thousand events are few marks, walked with arrows",
    async run({ page, check }) {
      await stopped(page);
      const kinds = ["spoil", "store", "temperature"];
      const events = Array.from({ length: 1000 }, (_, i) => ({
        time: 10 * (i + 1),
        kind: kinds[i % 3],
        label: `thing ${i + 1}`,
      }));
      await pretend(page, { frame: { events, time: 5000, end: 1_000_000 } });
      await page.press(".");
      // All at the beginning of the line: one mark, or as many as have room there.
      await page.waitFor("the events", () => /thing/.test(document.querySelector(".timeline-mark")?.ariaLabel));
      let found = await marks(page);
      check.ok(found.length === 1, String(found.length));
      check.match(found[0], /^1,000 events, steps 10 to 10,000: thing 1, thing 2, thing 3, thing 4…$/);
      await pretend(page, { frame: { events, time: 5000, end: 10_000 } });
      await page.press(".");
      await page.waitFor("them spread", () => document.querySelectorAll(".timeline-mark:not([hidden])").length > 9);
      found = await marks(page);
      check.ok(found.length < 60, `${found.length} marks`);
      await page.eval(() => document.querySelector(".timeline-mark").focus());
      check.equal(await page.count(".timeline-mark[tabindex='0']"), 1, "one stop for Tab");
      await page.press("ArrowRight");
      check.equal(await tip(page), found[1]);
      await page.press("Escape");
      check.equal(await tip(page), "");
    },
  },
  {
    name: "kinds of events have signs of their own, unknown ones too",
    async run({ page, check }) {
      await stopped(page);
      const kinds = ["spoil", "store", "clamp", "temperature", "yodel"];
      const events = kinds.map((kind, i) => ({ time: 20 * (i + 1), kind, label: kind }));
      await pretend(page, { frame: { events, time: 0, end: 120 } });
      await page.press(".");
      await page.waitFor("the events", () => document.querySelectorAll(".timeline-mark").length === 5);
      const signs = await page.eval(() =>
        [...document.querySelectorAll(".timeline-mark path")].map((path) => path.getAttribute("d")),
      );
      check.equal(new Set(signs).size, 4);
      check.equal(signs[3], signs[4]);
    },
  },
  {
    name: "an edit at an earlier moment branches off, which is told once, and undone from there",
    async run({ page, check }) {
      await hurried(page);
      const [end, last] = [await hash(page), await moment(page)];
      await page.press(",", ",", ",");
      await momentIs(page, last - 3);
      const earlier = await hash(page);
      check.equal(await page.count(".notice"), 0, "looking is no branch");
      await page.drag(".grid-canvas", [await middle(page, 0, 0), await middle(page, 9, 0)], { steps: 20 });
      await page.waitForText(".notice", `You branched off at step ${(last - 3).toLocaleString("en")}.`);
      check.equal(await page.count(".notice"), 1);
      await hashOther(page, earlier);
      await page.click("text=Undo");
      await hashIs(page, earlier);
      await page.press("n");
      await hashIs(page, end);
      check.equal(await page.count(".notice"), 0);
      // With another edit after it, one undo would no longer bring it back: the offer goes.
      await page.press(",");
      await hashOther(page, end);
      await page.drag(".grid-canvas", [await middle(page, 0, 0), await middle(page, 2, 0)]);
      await page.waitForText(".notice", "You branched off");
      await page.drag(".grid-canvas", [await middle(page, 0, 5), await middle(page, 2, 5)]);
      await page.waitFor("the notice to go", () => document.querySelector(".notice") === null);
    },
  },
  {
    name: "the sheet lists the keys that there are, and they work nowhere else than they should",
    async run({ page, check }) {
      await stopped(page);
      await page.press("?");
      await page.waitForText(".keys-sheet h2", "Keys");
      const listed = await page.eval(() =>
        [...document.querySelectorAll(".keys-sheet dt")].map((dt) => dt.textContent.trim()),
      );
      for (const key of ["Space", ".", ">", "R", "P", "N", "D", "E", "[", "]", "?"])
        check.ok(listed.includes(key), key);
      const start = await hash(page);
      await page.press(".", "e");
      await page.press("Escape");
      await undisturbed(page);
      check.equal(await hash(page), start, "not in a dialog");
      const tool = () => page.eval(() => document.querySelector(".tool[data-tool][aria-checked=true]").dataset.tool);
      const width = () => page.eval(() => document.querySelector(".brush[aria-checked=true]").dataset.width);
      check.equal(await tool(), "draw");
      await page.press("e", "]", "]");
      check.equal(await tool(), "erase");
      check.equal(await width(), "3");
      await page.press("[", "h");
      check.equal(await tool(), "hold");
      check.equal(await width(), "2");
      await page.click(".seed");
      await page.press("d", "w");
      check.equal(await tool(), "hold", "not in a field");
      await page.eval(() => document.activeElement.blur());
      await chord(page, "Alt", "d");
      check.equal(await tool(), "hold", "not with Alt");
    },
  },
  {
    name: "keys without Ctrl can be switched off for good",
    async run({ page, check }) {
      await stopped(page);
      await page.click("text=About this experiment");
      await page.click("text=Keys of the keyboard");
      await page.click(".keys-sheet .toggle");
      await page.press("Escape", "Escape");
      await page.reload();
      await stopped(page);
      const here = await hash(page);
      await page.press(".", "e");
      await page.drag(".grid-canvas", [await middle(page, 0, 0), await middle(page, 3, 0)]);
      await hashOther(page, here);
      check.equal(await page.eval(() => document.querySelector("[data-tool=draw]").ariaChecked), "true");
      await chord(page, "Control", "z");
      await hashIs(page, here);
    },
  },
  {
    name: "the line holds a thousand million steps, and says the exact one to whoever holds it",
    async run({ page, check }) {
      await stopped(page);
      await pretend(page, { frame: { time: 999_999_997, end: 1_000_000_000 } });
      await page.press(".");
      await momentIs(page, 999_999_997);
      await page.eval(() => document.activeElement.blur());
      await page.tab.mouse.move(5, 5);
      check.equal(await tip(page), "");
      const { x, y, width, height } = await page.box(timeline);
      await page.tab.mouse.move(x + width / 2, y + height * 0.6);
      check.equal(await tip(page), "step 999,999,997 of 1,000,000,000");
      check.match(
        await page.eval((timeline) => document.querySelector(timeline).ariaValueText, timeline),
        /^step 999,999,997 of 1,000,000,000, sweep/,
      );
    },
  },
];

/** Notes beside what they are about, with formulas and present numbers; About; the controls; the list of experiments. */
import { ended, openSpec, rested, shared, specWith, stopped, undisturbed } from "./page-parts.mjs";

const drawer = "#drawer";
const rule = `${drawer} [data-key="rule"]`;

async function openDrawer(page) {
  await page.click('[data-does="controls"]');
  await page.waitFor("the drawer", () => !document.querySelector("#drawer").hidden);
}

/** Unfolds a note and waits for its text. */
async function unfold(page, field) {
  await page.click(`${field} .note-button`);
  await page.waitFor(`the note in ${field}`, (field) => document.querySelector(`${field} .note-text`) !== null, field);
}

const expanded = (page, field) =>
  page.eval((field) => document.querySelector(`${field} .note-button`).ariaExpanded, field);

/** Formulas in an element that are drawn as such, and the numbers in them. */
function formulas(page, within) {
  return page.eval((within) => {
    const all = [...document.querySelectorAll(`${within} .formula math`)];
    const { width, height } = all[0]?.getBoundingClientRect() ?? { width: 0, height: 0 };
    return {
      count: all.length,
      native: all.every((math) => math.namespaceURI === "http://www.w3.org/1998/Math/MathML"),
      drawn: width > 20 && height > 10,
      numbers: [...document.querySelectorAll(`${within} [data-now]`)].map((part) => part.textContent),
    };
  }, within);
}

/** Lets the page fetch notes, or not. */
function reach(page, able) {
  return page.eval((able) => {
    globalThis.fetchOnce ??= globalThis.fetch;
    globalThis.fetch = able
      ? globalThis.fetchOnce
      : (url, options) =>
          String(url).includes("notes-")
            ? Promise.reject(new TypeError("offline"))
            : globalThis.fetchOnce(url, options);
  }, able);
}

export default [
  {
    name: "a setting's note unfolds below it, says its formula with present numbers, and follows both",
    async run({ page, check }) {
      await stopped(page);
      const grid = await page.box(".grid-canvas");
      await openDrawer(page);
      check.equal(
        await page.eval((rule) => document.querySelector(`${rule} .note-button`).ariaLabel, rule),
        "About learning rule",
      );
      await unfold(page, rule);
      check.equal(await expanded(page, rule), "true");
      check.match(await page.text(`${rule} .note`), /What happens if I move this\?.*Source/);
      const before = await formulas(page, `${rule} .note`);
      check.ok(before.count >= 4 && before.native && before.drawn, JSON.stringify(before));
      const memories = await page.count(".card");
      const stored = `${rule} .note [data-now="memories"]`;
      check.equal(await page.text(stored), String(memories), "as many memories as on the shelf");
      // The store button is beside the drawer.
      await page.click("text=Store this");
      await page.waitFor(
        "the number to follow",
        ([stored, more]) => document.querySelector(stored).textContent === more,
        [stored, String(memories + 1)],
      );
      await page.set(`${rule} select`, "pseudo_inverse");
      await page.waitForText(`${rule} .note`, "projection");
      await page.click(`${rule} .note-button`);
      check.equal(await expanded(page, rule), "false");
      check.deepEqual(await page.box(".grid-canvas"), grid, "the picture has not moved");
    },
  },
  {
    name: "one note is open in a place; Escape folds it before it closes the drawer",
    async run({ page, check }) {
      await stopped(page);
      await openDrawer(page);
      await unfold(page, rule);
      await unfold(page, `${drawer} [data-key="update"]`);
      check.equal(await expanded(page, rule), "false");
      check.equal(await page.count(".note.in-drawer:not([hidden])"), 1);
      await page.press("Escape");
      check.equal(await page.count(".note.in-drawer:not([hidden])"), 0);
      check.equal(await page.eval(() => document.querySelector("#drawer").hidden), false, "the drawer is still open");
      await page.press("Escape");
      check.equal(await page.eval(() => document.querySelector("#drawer").hidden), true);
    },
  },
  {
    name: "every setting, argument and number in the drawer has a note, and so has every option",
    async run({ page, check }) {
      await stopped(page);
      await openDrawer(page);
      const buttons = await page.count(`${drawer} .note-button`);
      check.ok(buttons > 20, `${buttons} notes`);
      for (let i = 0; i < buttons; i += 1) {
        await page.eval((i) => document.querySelectorAll("#drawer .note-button")[i].click(), i);
        const said = await page.waitFor(`note ${i}`, () => {
          const note = document.querySelector(".note.in-drawer:not([hidden])");
          return note?.querySelector(".note-text") && note.textContent;
        });
        check.ok(said.length > 40, said);
      }
      await page.click("text=Close");
      await page.click("text=About this experiment");
      const options = await page.waitFor("the choices", () => document.querySelectorAll(".note-link").length);
      check.ok(options > 20);
      for (let i = 0; i < options; i += 1) {
        await page.eval((i) => document.querySelectorAll(".note-link")[i].click(), i);
        await page.waitFor(`the note on option ${i}`, () => {
          const note = document.querySelector(".note.in-dialog:not([hidden])");
          return note?.querySelector(".note-text")?.textContent.length > 15;
        });
      }
    },
  },
  {
    name: "notes on measures and on spoiling lie beside them, inside the window",
    async run({ page, check }) {
      await stopped(page);
      for (const part of [".chart.curve", ".chart.bars", "#spoil", ".kept .field"]) {
        const before = await page.box(".grid-canvas");
        await unfold(page, part);
        const { x, y, width, height } = await page.box(`${part} .note`);
        check.ok(
          x >= 0 && y >= 0 && x + width <= 1280 && y + height <= 800 && height > 150,
          `${part}: ${[x, y, width, height]}`,
        );
        check.deepEqual(await page.box(".grid-canvas"), before, part);
        // A note may lie over the sign of another.
        if (part === ".chart.curve" || part === ".chart.bars") await page.press("Escape");
        else check.equal(await page.count(".note.in-page:not([hidden])"), 1, "one at a time");
      }
      await page.press("Escape");
      await unfold(page, ".chart.curve");
      const energy = () => page.text(".chart.curve [data-now]");
      const first = await energy();
      await page.press(">");
      await page.waitFor(
        "another energy",
        (first) => document.querySelector(".chart.curve [data-now]").textContent !== first,
        first,
      );
      check.equal(await energy(), await page.text(".chart.curve figcaption > .figures"));
      await page.click(".chart.curve .note-head button");
      check.equal(await page.count(".note.in-page:not([hidden])"), 0);
      check.equal(await page.focused(), "About energy");
    },
  },
  {
    name: "on a phone a note lies along the lower edge, and wide formulas scroll inside it",
    viewport: { width: 320, height: 640 },
    touch: true,
    async run({ page, check }) {
      await ended(page);
      await page.tap(".kept .note-button");
      await page.waitFor("the note", () => document.querySelector(".note.in-page .note-text") !== null);
      await page.waitFor("what it is about above it", () => {
        const [note, button] = [".note.in-page:not([hidden])", ".kept .note-button"].map((selector) =>
          document.querySelector(selector).getBoundingClientRect(),
        );
        return button.top >= 0 && button.bottom <= note.top;
      });
      const { x, y, width, height } = await page.box(".note.in-page:not([hidden])");
      const room = await page.eval(() => document.documentElement.clientWidth);
      check.ok(
        x === 0 && width === room && Math.abs(y + height - 640) < 1 && height < 400,
        [x, y, width, height].join(),
      );
      check.ok(await page.eval(() => document.documentElement.scrollWidth <= 320), "the page does not scroll sideways");
      await page.tap('[aria-label="Close the note"]');
      await page.waitFor("it to close", () => !document.querySelector(".note.in-page:not([hidden])"));
    },
  },
  {
    name: "About tells of the machine with its formula, and folds out every rule",
    async run({ page, check }) {
      await stopped(page);
      await page.click("text=About this experiment");
      await page.waitFor("the model's note", () => document.querySelector(".about .standing .note-text") !== null);
      const { count, native, drawn, numbers } = await formulas(page, ".about .standing");
      check.ok(count >= 2 && native && drawn);
      check.equal(Number(numbers[0]), 256);
      check.match(await page.text(".about"), /PNAS 79 \(1982\) 2554/);
      check.match(await page.text(".about"), /Everything is computed in this tab/);
      await page.click("text=Storkey");
      await page.waitForText(".about .note.in-dialog:not([hidden])", "already says of a picture");
      await page.press("Escape");
      await undisturbed(page);
      check.equal(await page.focused(), "About this experiment");
    },
  },
  {
    name: "without a connection a note says so, and comes when it is asked for again",
    async run({ page, check }) {
      await stopped(page);
      await reach(page, false);
      await page.click(".chart.curve .note-button");
      await page.waitForText(".chart.curve .note [role=alert]", "could not be loaded");
      await page.click("text=Try again");
      await page.waitForText(".chart.curve .note [role=alert]", "could not be loaded");
      await reach(page, true);
      await page.click("text=Try again");
      await page.waitForText(".chart.curve .note-text", "landscape");
      check.equal(await page.count("[role=alert]"), 0);
    },
  },
  {
    name: "a setting goes back to what it is at first",
    async run({ page, check }) {
      await stopped(page);
      await openDrawer(page);
      const back = `${rule} .tiny`;
      const offered = (selector) =>
        page.eval((selector) => document.querySelector(selector).checkVisibility(), selector);
      check.equal(await offered(back), false);
      await page.set(`${rule} select`, "perceptron");
      await page.waitFor("the margin", () => document.querySelector('#drawer [data-key="margin"]').checkVisibility());
      check.equal(
        await page.eval((back) => document.querySelector(back).ariaLabel, back),
        "Learning rule: back to Hebb",
      );
      const margin = `${drawer} [data-key="margin"]`;
      await page.type(`${margin} .number`, "9");
      await page.waitForText(`${margin} .field-error`, "from 0 to 2");
      await page.type(`${margin} .number`, "1.5");
      await page.press("Enter");
      await page.waitFor("it to count", () => location.hash.includes("margin=1.5"));
      await page.type(`${margin} .number`, "x");
      await page.click(`${margin} .tiny`);
      check.equal(await page.eval((margin) => document.querySelector(`${margin} .number`).value, margin), "0.5");
      check.equal(await page.text(`${margin} .field-error`), "");
      await page.click(back);
      await page.waitFor("Hebb's rule", (rule) => document.querySelector(`${rule} select`).value === "hebb", rule);
      check.equal(await offered(back), false);
      await page.waitFor("the link", () => !location.hash.includes("rule="));
    },
  },
  {
    name: "a setting that is kept and not felt is spoken of among the controls, not over the page",
    async run({ page, check }) {
      await stopped(page);
      const spec = await specWith(page, { title: "Left over" });
      await openSpec(page, { ...spec, params: { ...spec.params, rule: "hebb", margin: 1.25 } });
      await rested(page);
      check.doesNotMatch((await page.text("#notices")) ?? "", /margin/);
      await openDrawer(page);
      await page.waitForText(".idle", "Margin (1.25) is kept, and is not felt while “learning rule” is “Hebb”.");
      await page.set(`${rule} select`, "perceptron");
      await page.waitFor("it to be felt", () => document.querySelector(".idle").textContent === "");
      check.equal(JSON.parse((await shared(page)).spec).params.margin, 1.25);
    },
  },
  {
    name: "an experiment is found by a word, by keyboard alone",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="choose"]');
      await page.waitFor("the list", () => document.activeElement?.getAttribute("role") === "option");
      check.match(await page.focused(), /open now/);
      const all = await page.count("[role=option]");
      await page.press("d", "r", "e", "a", "m", "i", "n", "g");
      await page.waitForText(".found", "2 experiments");
      check.equal(await page.eval(() => document.querySelector(".finder input").value), "dreaming");
      check.equal(await page.count("[role=option]:not([hidden])"), 2);
      await page.press("ArrowDown", "ArrowDown");
      check.match(await page.focused(), /^After dreaming/);
      await page.press("ArrowUp", "ArrowUp");
      check.match(await page.focused(), /Find an experiment/);
      await page.press("x");
      await page.waitForText(".found", "None has these words.");
      await page.press("Backspace", "Enter");
      await page.waitForText(".preset-name", "Before dreaming");
      check.ok(all > 12);
    },
  },
];

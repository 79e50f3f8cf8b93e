/** The memories: letters, dice, warnings, order, names, and many of them. */
import { chord, hash, hashOther, middle, opened, rested, stopped } from "./page-parts.mjs";

const names = (page) => page.eval(() => [...document.querySelectorAll(".card-name")].map((name) => name.textContent));
const add = '[data-does="add-memories"]';
const icons = ["face", "heart", "cat", "key", "rocket"];

function namesAre(page, wanted) {
  return page.waitFor(
    `the memories ${wanted}`,
    (wanted) => [...document.querySelectorAll(".card-name")].map(({ textContent }) => textContent).join() === wanted,
    wanted.join(),
  );
}

/** Puts the focus on a card as the keyboard does. */
async function focusCard(page, index) {
  await page.eval(() => document.querySelector("#shelf .card-pick[tabindex='0']").focus());
  await page.press("Home", ...Array(index).fill("ArrowDown"));
}

/** Shows a memory exactly as it is stored. */
async function asStored(page, name) {
  await page.click(`text=More on ${name}`);
  await page.click("text=Show it as stored");
  await page.waitFor("the memory", () => document.querySelector(".card.lit") !== null);
}

/** Draws only every so often, as where there is no time for more. */
const drawSeldom = () => {
  const waiting = [];
  globalThis.requestAnimationFrame = (draw) => waiting.push(draw);
  setInterval(() => {
    for (const draw of waiting.splice(0)) draw(performance.now());
  }, 800);
};

export default [
  {
    name: "typed letters are seen before they are added, and one undo takes all of them back",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="add"]');
      await page.waitFor("the field", () => document.activeElement?.matches(".add input[type=text]"));
      await page.tab.keyboard.type("hi 7");
      await page.waitFor("three tiles", () => document.querySelectorAll(".tile").length === 3);
      await page.waitForText(".add-will", "8 memories, 3 of them new");
      await page.click('[aria-label="Add I"]');
      await page.waitForText(add, "Add 2 memories");
      await page.click(add);
      await namesAre(page, [...icons, "H", "7"]);
      await chord(page, "Control", "z");
      await namesAre(page, icons);
      check.equal(await page.count("dialog"), 0);
    },
  },
  {
    name: "a letter that has no picture is named, and dice give as many as asked",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="add"]');
      await page.waitFor("the field", () => document.activeElement?.matches(".add input[type=text]"));
      await page.tab.keyboard.type("A");
      await page.waitFor("a tile", () => document.querySelectorAll(".tile").length === 1);
      await page.tab.keyboard.type("β");
      await page.waitForText(".add .field-error", "β");
      check.equal(await page.count(".tile"), 1, "what was there stays");
      await page.click('.add input[value="random"]');
      await page.waitFor("three", () => document.querySelectorAll(".tile").length === 3);
      await page.type(".add .way:not([hidden]) .number", "0");
      await page.waitForText(".add .way:not([hidden]) .field-error", "from 1 to");
      await page.type(".add .way:not([hidden]) .number", "4");
      await page.waitFor("four", () => document.querySelectorAll(".tile").length === 4);
      await page.click(add);
      await namesAre(page, [...icons, "random", "random 2", "random 3", "random 4"]);
    },
  },
  {
    name: "before a picture is stored that is too like a memory, that is said with the number",
    async run({ page, check }) {
      await stopped(page);
      await asStored(page, "heart");
      await page.click('[data-does="store"]');
      await page.waitForText(".store-warning", "already stored as “heart”");
      check.deepEqual(await names(page), icons);
      // One edit after another, so that no frame comes after the last.
      for (let column = 0; column < 4; column += 1) {
        const before = await hash(page);
        await page.click(".grid-canvas", ...(await middle(page, column, 15)));
        await hashOther(page, before);
      }
      await page.waitFor("the warning to go", () => document.querySelector(".store-warning p").textContent === "");
      await page.click('[data-does="store"]');
      // 4 of 256 cells differ.
      await page.waitForText(".store-warning", "Very like “heart”: likeness +0.97.");
      check.equal(await page.focused(), "Store anyway");
      await page.press("Enter");
      await namesAre(page, [...icons, "mine 1"]);
      await page.click("text=Invert");
      await page.waitFor("the negative", () => document.querySelector(".card.lit-inverse") !== null);
      await page.click('[data-does="store"]');
      await page.waitForText(".store-warning", "exact negative of “mine 1”");
      await page.press("Escape");
      await page.waitFor("the warning to go", () => document.querySelector(".store-warning p").textContent === "");
      check.equal(await page.focused(), "Store this");
    },
  },
  {
    name: "a warning stands though what was drawn before it is seen later",
    async run({ page, check }) {
      await page.before(drawSeldom);
      await page.reload();
      await stopped(page);
      await asStored(page, "heart");
      const places = [];
      for (const column of [0, 1]) places.push(await page.at(".grid-canvas", ...(await middle(page, column, 15))));
      places.push(await page.at('[data-does="store"]'));
      await page.eval(() => new Promise(requestAnimationFrame));
      // Two edits and the question, all before the first of them is drawn.
      for (const { x, y } of places) await page.tab.mouse.click(x, y);
      await page.waitForText(".store-warning", "likeness +0.98");
      await page.eval(async () => {
        for (let i = 0; i < 4; i += 1) await new Promise(requestAnimationFrame);
      });
      check.match(await page.text(".store-warning"), /likeness \+0\.98/);
      check.equal(await page.focused(), "Store anyway");
      await page.click('[data-does="blank"]');
      await page.waitFor("the warning to go", () => document.querySelector(".store-warning p").textContent === "");
    },
  },
  {
    name: "keys walk the cards, change their order, rename and forget, and it is said",
    async run({ page, check }) {
      await stopped(page);
      await focusCard(page, 1);
      check.match(await page.focused(), /^heart/);
      await chord(page, "Alt", "ArrowDown");
      await namesAre(page, ["face", "cat", "heart", "key", "rocket"]);
      await page.waitForText('#shelf [role="status"].unseen', "“heart” is now number 3 of 5");
      check.match(await page.focused(), /^heart/);
      await chord(page, "Alt", "ArrowUp");
      await namesAre(page, icons);
      await page.press("F2");
      await page.waitFor("the name", () => document.activeElement?.matches(".memory input[maxlength]"));
      await page.tab.keyboard.type("love");
      await page.press("Enter");
      await namesAre(page, ["face", "love", "cat", "key", "rocket"]);
      check.match(await page.focused(), /^love/);
      await page.press("Delete");
      await namesAre(page, ["face", "cat", "key", "rocket"]);
      check.match(await page.focused(), /^cat/);
      await page.press("Delete");
      await namesAre(page, ["face", "key", "rocket"]);
      await page.waitForText(".notices", "Forgot “cat”");
      check.equal(await page.count(".notice"), 1, "what one undo would not bring back is not offered");
      await page.click(".notice .button");
      await namesAre(page, ["face", "cat", "key", "rocket"]);
      await chord(page, "Control", "z");
      await namesAre(page, ["face", "love", "cat", "key", "rocket"]);
      check.equal(await page.count(".card-pick[tabindex='0']"), 1, "Tab stops at one card");
    },
  },
  {
    name: "the mouse drags a card to another place, Escape lets go, and a click still spoils and runs",
    async run({ page, check }) {
      await stopped(page);
      await page.drag(".cards", [
        [0.3, 0.1],
        [0.3, 0.55],
      ]);
      await namesAre(page, ["heart", "cat", "face", "key", "rocket"]);
      await rested(page);
      const { x, y } = await page.at(".card:nth-child(5) .card-pick");
      await page.tab.mouse.move(x, y);
      await page.tab.mouse.down();
      await page.tab.mouse.move(x, y - 30, { steps: 4 });
      await page.tab.mouse.move(x, y - 90, { steps: 4 });
      check.equal(await page.count(".card.dragged"), 1);
      await page.press("Escape");
      await page.tab.mouse.up();
      check.equal(await page.count(".card.dragged"), 0);
      await namesAre(page, ["heart", "cat", "face", "key", "rocket"]);
      await page.click(".card:nth-child(1) .card-pick");
      await page.waitForText("#story-now", "“heart”");
    },
  },
  {
    name: "a finger that rests on a card takes it along, one that moves scrolls",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      await page.tap('[data-does="play"]');
      const [from, to] = [
        await page.at(".card:nth-child(1) .card-pick", 0.3),
        await page.at(".card:nth-child(2)", 0.7),
      ];
      await page.own.touchStart(from);
      await page.waitFor("it to be taken", () => document.querySelector(".card.dragged") !== null);
      for (let step = 1; step <= 6; step += 1) {
        await page.own.touchMove({ x: from.x + ((to.x - from.x) * step) / 6, y: from.y });
      }
      await page.own.touchEnd();
      await namesAre(page, ["heart", "face", "cat", "key", "rocket"]);
      const small = await page.eval(() =>
        [...document.querySelectorAll("#shelf button")]
          .filter((button) => button.checkVisibility())
          .map((button) => [button.getAttribute("aria-label") ?? button.textContent, button.getBoundingClientRect()])
          .filter(([, { width, height }]) => width < 44 || height < 44)
          .map(([name]) => name),
      );
      check.deepEqual(small, [], "every target is large enough for a finger");
      await page.tap('.card:nth-child(2) [aria-label="More on face"]');
      await page.tap("text=Later");
      await namesAre(page, ["heart", "cat", "face", "key", "rocket"]);
      await page.tap("text=Forget it");
      await namesAre(page, ["heart", "cat", "key", "rocket"]);
    },
  },
  {
    name: "a shelf without memories says what to do",
    async run({ page, check }) {
      await stopped(page);
      await focusCard(page, 0);
      for (let left = 4; left >= 0; left -= 1) {
        await page.press("Delete");
        await page.waitFor("one fewer", (left) => document.querySelectorAll(".card").length === left, left);
      }
      check.match(await page.text(".shelf-empty"), /No memories yet/);
      check.equal(await page.focused(), "Store this");
      await page.click('[data-does="store"]');
      await page.waitFor("a memory", () => document.querySelectorAll(".card").length === 1);
      check.equal(await page.eval(() => document.querySelector(".shelf-empty").hidden), true);
    },
  },
  {
    name: "of many memories only those in sight are drawn and follow the run, and the rest when they come into sight",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="add"]');
      await page.click('.add input[value="random"]');
      await page.waitFor("three", () => document.querySelectorAll(".tile").length === 3);
      await page.type(".add .way:not([hidden]) .number", "120");
      await page.waitForText(add, "Add 120 memories");
      await page.click(add);
      await page.waitFor("all", () => document.querySelectorAll(".card").length === 125);
      const told = () =>
        page.eval(() => document.querySelectorAll(".card:last-child .likeness-value:not(:empty)").length);
      check.equal(await told(), 0);
      const drawn = () =>
        page.eval(() => {
          const [first, last] = ["first", "last"].map((k) => document.querySelector(`.card:${k}-child .thumb`));
          return last.width === first.width;
        });
      check.equal(await drawn(), false);
      await page.eval(() => document.querySelector(".cards").scrollTo({ top: 1e6 }));
      await page.waitFor(
        "the last one's likeness",
        () => document.querySelector(".card:last-child .likeness-value:not(:empty)") !== null,
      );
      check.equal(await drawn(), true);
      check.ok((await page.box("#shelf")).height < 500);
    },
  },
  {
    name: "a gauge says how full the network is, in a word, a shape and a sentence, and more when asked",
    async run({ page, check }) {
      await stopped(page);
      check.equal(await page.eval(() => document.querySelector(".meter").dataset.level), "ok");
      check.match(await page.text(".meter-head"), /0\.02/);
      check.match(await page.text(".meter-expect"), /^5 pictures are stored/);
      check.ok((await page.count(".meter-tick")) >= 2, "marks on its scale");
      check.equal(await page.count(".meter-more:not([hidden])"), 0);
      await page.click(".meter-head");
      await page.waitForText(".meter-more", "By this rule");
      await page.click('[data-does="add"]');
      await page.click('.add input[value="random"]');
      await page.waitFor("three", () => document.querySelectorAll(".tile").length === 3);
      await page.type(".add .way:not([hidden]) .number", "60");
      await page.waitForText(add, "Add 60 memories");
      await page.click(add);
      await page.waitForText(".meter-expect", /^65 pictures are stored/);
      check.equal(await page.eval(() => document.querySelector(".meter").dataset.level), "over");
      check.match(await page.text(".meter-level"), /too much/);
      check.equal(await page.count(".meter-more:not([hidden])"), 1, "what was opened stays open");
      // Another rule holds more.
      await page.set('[data-key="rule"] select', "pseudo_inverse");
      await page.waitFor("a better level", () => document.querySelector(".meter").dataset.level !== "over");
    },
  },
];

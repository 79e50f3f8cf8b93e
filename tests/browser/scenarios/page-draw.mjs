/** Drawing, storing and forgetting. */
import {
  blank,
  chord,
  hashIs,
  hashOther,
  inkIs,
  isInk,
  middle,
  moment,
  rested,
  slowly,
  stopped,
  story,
} from "./page-parts.mjs";

const cards = ".card";

export default [
  {
    name: "the mouse draws without holes, stops the run, and one undo takes the stroke back",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      const [from, to] = [await middle(page, 1, 1), await middle(page, 5, 5)];
      await page.drag(".grid-canvas", [from, to], { steps: 2 });
      await hashOther(page, empty);
      const line = [1, 2, 3, 4, 5].map((i) => [i, i]);
      await inkIs(page, line, 5);
      check.ok(!(await isInk(page, 1, 5)), "beside the stroke is paper");
      await page.waitForText(story, "You changed the picture");
      await chord(page, "Control", "z");
      await hashIs(page, empty);
      await chord(page, "Control", "Shift", "z");
      await hashOther(page, empty);
      check.ok(await isInk(page, 3, 3));
      // What begins on ink takes ink away.
      await page.drag(".grid-canvas", [to, from], { steps: 2 });
      await hashIs(page, empty);
    },
  },
  {
    name: "drawing stops a run under way",
    async run({ page, check }) {
      await slowly(page, 25);
      await page.drag(".grid-canvas", [await middle(page, 0, 0), await middle(page, 3, 0)]);
      await rested(page);
      await page.waitForText(story, "You changed the picture");
      const here = await moment(page);
      await new Promise((resolve) => setTimeout(resolve, 500));
      check.equal(await moment(page), here, "and it stands");
    },
  },
  {
    name: "a finger draws, and scrolls only beside the picture",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      await page.drag(".grid-canvas", [await middle(page, 2, 1), await middle(page, 2, 4)], { finger: true, steps: 6 });
      await hashOther(page, empty);
      await inkIs(
        page,
        [1, 2, 3, 4].map((row) => [2, row]),
        4,
      );
      const touch = (place) => page.eval((place) => getComputedStyle(document.querySelector(place)).touchAction, place);
      check.equal(await touch(".grid-canvas"), "pinch-zoom", "two fingers zoom, one draws");
      check.equal(await touch(".cards"), "auto");
    },
  },
  {
    name: "the keyboard draws, and says where it is",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      for (let i = 0; (await page.eval(() => document.activeElement.className)) !== "grid-canvas"; i += 1) {
        check.ok(i < 60, "Tab comes to the picture");
        await page.press("Tab");
      }
      await page.press("ArrowRight", "ArrowDown", "ArrowDown");
      await page.waitForText(".stage [aria-live]", "row 3, column 2: paper");
      await page.press(" ");
      const drawn = await hashOther(page, empty);
      await page.waitForText(".stage [aria-live]", "row 3, column 2: ink");
      check.ok(await isInk(page, 1, 2));
      await page.press(" ");
      await hashIs(page, empty);
      check.notEqual(drawn, empty);
    },
  },
  {
    name: "a drawing is stored, recalled from a spoiled copy, forgotten, and brought back",
    async run({ page, check }) {
      await stopped(page);
      const before = await page.count(cards);
      await blank(page);
      await page.drag(".grid-canvas", [await middle(page, 1, 1), await middle(page, 4, 1), await middle(page, 4, 4)]);
      await page.click('[data-does="store"]');
      await page.waitForText(".notice", "Stored as");
      check.equal(await page.count(cards), before + 1);
      const name = await page.eval(() => [...document.querySelectorAll(".card-name")].at(-1).textContent);
      await page.set('[data-does="speed"]', 0);
      await page.click(".card:last-child .card-pick");
      await page.waitForText(story, new RegExp(`spoiled “${name}”`));
      await page.set('[data-does="speed"]', 100);
      await rested(page);
      await page.waitForText(story, /^After /);
      await page.click(`text=Forget ${name}`);
      await page.waitFor("one memory fewer", (n) => document.querySelectorAll(".card").length === n, before);
      await page.click("text=Undo");
      await page.waitFor("the memory again", (n) => document.querySelectorAll(".card").length === n, before + 1);
    },
  },
  {
    name: "a memory is shown as stored, and renamed",
    async run({ page, check }) {
      await stopped(page);
      const name = await page.text(".card:nth-child(2) .card-name");
      await page.click(`text=More on ${name}`);
      await page.click("text=Show it as stored");
      await page.waitForText(story, `This is “${name}”, exactly as it is stored`);
      check.equal(await page.count(".card.lit"), 1);
      await page.click(`text=More on ${name}`);
      await page.type(".dialog input[maxlength]", "zebra");
      await page.click("text=Save");
      await page.waitForText(".card:nth-child(2) .card-name", "zebra");
    },
  },
];

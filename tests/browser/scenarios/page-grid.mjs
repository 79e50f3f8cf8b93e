/** The grid's tools: erasing, the width of the brush, holding cells, and what more than one finger does. */
import { blank, chord, hash, hashIs, hashOther, inked, inkIs, middle, stopped } from "./page-parts.mjs";

const grid = ".grid-canvas";

/** Presses a button of the mouse at a cell, and lets it go. */
async function press(page, cell, button = "left") {
  const { x, y } = await page.at(grid, ...(await middle(page, ...cell)));
  await page.tab.mouse.click(x, y, { button });
}

/**
 * A pointer's event, for what drivers of browsers cannot do: pens, and several fingers. `at` is the time in milliseconds
 * that the event tells, for what asks whether two came together.
 */
async function pointer(page, type, cell, { at, ...more } = {}) {
  const { x, y } = await page.at(grid, ...(await middle(page, ...cell)));
  await page.eval(
    ({ type, x, y, at, more }) => {
      const canvas = document.querySelector(".grid-canvas");
      // A pointer that is none cannot be captured.
      canvas.setPointerCapture = () => {};
      const kind = { bubbles: true, cancelable: true, pointerId: 7, isPrimary: true, pointerType: "touch", button: 0 };
      const event = new PointerEvent(type, { ...kind, clientX: x, clientY: y, ...more });
      if (at !== undefined) Object.defineProperty(event, "timeStamp", { value: at });
      canvas.dispatchEvent(event);
    },
    { type, x, y, at, more },
  );
}

const held = (page) =>
  page.eval(() =>
    Number(document.querySelector("[data-does=release]")?.getAttribute("aria-label").match(/\d+/)[0] ?? 0),
  );
const heldIs = (page, count) =>
  page.waitFor(
    `${count} held cells`,
    (count) =>
      Number(document.querySelector("[data-does=release]")?.getAttribute("aria-label").match(/\d+/)[0] ?? 0) === count,
    count,
  );

export default [
  {
    name: "the eraser, the right button and Shift take away, whatever they begin on",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      const line = [
        [2, 3],
        [3, 3],
        [4, 3],
      ];
      const [from, to] = [await middle(page, 2, 3), await middle(page, 4, 3)];
      // Cell by cell, each of which is one edit: a line is drawn in as many as it takes.
      for (const cell of line) {
        const before = await hash(page);
        await press(page, cell);
        await hashOther(page, before);
      }
      const drawn = await hash(page);
      check.deepEqual(await inked(page, line), line);
      await page.click('[data-tool="erase"]');
      await page.drag(grid, [await middle(page, 1, 3), to]);
      await hashIs(page, empty);
      await page.click('[data-tool="draw"]');
      await page.drag(grid, [from, to]);
      await hashIs(page, drawn);
      await press(page, [3, 3], "right");
      await hashOther(page, drawn);
      check.deepEqual(await inked(page, line), [line[0], line[2]]);
      await page.tab.keyboard.down("Shift");
      await page.drag(grid, [await middle(page, 1, 3), to]);
      await page.tab.keyboard.up("Shift");
      await hashIs(page, empty);
    },
  },
  {
    name: "a pen draws, its other end erases, and the hand beside it does nothing",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      const pen = { pointerType: "pen" };
      await pointer(page, "pointerdown", [2, 2], pen);
      await pointer(page, "pointerdown", [9, 9], { pointerId: 8 });
      await pointer(page, "pointermove", [9, 10], { pointerId: 8 });
      await pointer(page, "pointermove", [5, 2], pen);
      await pointer(page, "pointerup", [5, 2], pen);
      await hashOther(page, empty);
      const line = [
        [2, 2],
        [3, 2],
        [4, 2],
        [5, 2],
      ];
      await inkIs(page, line, 4);
      check.deepEqual(
        await inked(page, [
          [9, 9],
          [9, 10],
        ]),
        [],
      );
      const eraser = { ...pen, button: 5, buttons: 32 };
      await pointer(page, "pointerdown", [2, 2], eraser);
      await pointer(page, "pointermove", [5, 2], eraser);
      await pointer(page, "pointerup", [5, 2], eraser);
      await hashIs(page, empty);
    },
  },
  {
    name: "a second finger at once makes a zoom of it and takes back what the first drew; later it is ignored",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      await pointer(page, "pointerdown", [3, 3], { at: 1000 });
      await inkIs(page, [[3, 3]], 1);
      await pointer(page, "pointerdown", [8, 8], { at: 1100, pointerId: 8, isPrimary: false });
      const both = [
        [3, 3],
        [8, 8],
      ];
      await inkIs(page, both, 0);
      await hashIs(page, empty);
      await pointer(page, "pointerdown", [3, 3], { at: 2000 });
      await pointer(page, "pointerdown", [8, 8], { at: 2400, pointerId: 8, isPrimary: false });
      await pointer(page, "pointermove", [5, 3]);
      await pointer(page, "pointerup", [5, 3]);
      await hashOther(page, empty);
      const line = [
        [3, 3],
        [4, 3],
        [5, 3],
      ];
      await inkIs(page, line, 3);
      check.deepEqual(await inked(page, [[8, 8]]), []);
    },
  },
  {
    name: "a wide brush draws wide, and one undo takes the stroke back",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      await page.click('[data-width="3"]');
      await page.drag(grid, [await middle(page, 3, 3), await middle(page, 9, 3)], { steps: 1 });
      await hashOther(page, empty);
      const cells = [];
      for (let x = 2; x <= 10; x += 1) for (const y of [2, 3, 4]) cells.push([x, y]);
      await inkIs(page, cells, cells.length);
      check.deepEqual(
        await inked(page, [
          [1, 3],
          [11, 3],
          [6, 1],
          [6, 5],
        ]),
        [],
        "three wide, no wider",
      );
      await chord(page, "Control", "z");
      await hashIs(page, empty);
      // At the corner it is cut off.
      await page.click('[data-width="5"]');
      await press(page, [0, 0]);
      await hashOther(page, empty);
      check.equal(
        (
          await inked(page, [
            [0, 0],
            [2, 2],
            [3, 0],
            [0, 3],
          ])
        ).length,
        2,
      );
    },
  },
  {
    name: "cells are held with a wide brush, stay as they are while it runs, and are let go",
    async run({ page, check }) {
      await stopped(page);
      await blank(page);
      check.equal(await held(page), 0);
      await page.click('[data-tool="hold"]');
      await page.click('[data-width="3"]');
      await page.drag(grid, [await middle(page, 5, 3), await middle(page, 7, 3)]);
      await heldIs(page, 15);
      await page.click('[data-action="randomise"]');
      await heldIs(page, 15);
      await page.click('[data-width="1"]');
      await press(page, [5, 3], "right");
      await heldIs(page, 14);
      await page.click('[data-does="release"]');
      await heldIs(page, 0);
      await chord(page, "Control", "z");
      await heldIs(page, 14);
    },
  },
  {
    name: "the keyboard erases, and goes on where the pointer was",
    async run({ page, check }) {
      await stopped(page);
      const empty = await blank(page);
      await press(page, [4, 4]);
      const one = await hashOther(page, empty);
      await page.eval(() => document.querySelector(".grid-canvas").focus());
      await page.press("ArrowRight", "Enter");
      await page.waitForText(".stage [aria-live]", "row 5, column 6: ink");
      await page.press("Delete");
      await page.waitForText(".stage [aria-live]", "row 5, column 6: paper");
      await hashIs(page, one);
      await page.press("ArrowLeft");
      await chord(page, "Shift", " ");
      await hashIs(page, empty);
      check.deepEqual(await inked(page, [[4, 4]]), []);
    },
  },
];

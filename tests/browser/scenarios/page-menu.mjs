/** The top line: everything is in reach at every width, by keys as well. */
import { opened, stopped } from "./page-parts.mjs";

const expanded = (page) => page.eval(() => document.querySelector('[data-does="more"]').getAttribute("aria-expanded"));

export default [
  {
    name: "the menu is walked by keys, and gives the focus back",
    async run({ page, check }) {
      await stopped(page);
      await page.eval(() => document.querySelector('[data-does="more"]').focus());
      await page.press("ArrowDown");
      check.equal(await expanded(page), "true");
      const first = await page.focused();
      check.match(first, /Start afresh/);
      await page.press("ArrowUp");
      check.equal(await page.focused(), "Dark", "around the end");
      await page.press("Home");
      check.equal(await page.focused(), first);
      await page.press("l");
      check.equal(await page.focused(), "Light", "by its first letter");
      await page.press("Escape");
      check.equal(await expanded(page), "false");
      check.equal(await page.focused(), "More");
      await page.press("Enter");
      await page.press("End", "Enter");
      check.equal(await page.eval(() => document.documentElement.dataset.theme), "dark");
      check.equal(await page.focused(), "More");
      await page.press(" ");
      const chosen = () => document.querySelector('.menu [aria-checked="true"]').textContent;
      check.equal(await page.eval(chosen), "Dark");
      await page.click(".grid-canvas");
      check.equal(await expanded(page), "false", "a press beside it closes it");
    },
  },
  {
    name: "nothing in the top line wraps or is cut off, from the widest to the narrowest",
    async run({ page, check }) {
      await stopped(page);
      // With all that can be in it.
      await page.press(".");
      await page.waitForText(".work-status", "Saved here");
      for (const [width, height] of [
        [1280, 800],
        [1080, 800],
        [1024, 768],
        [768, 1024],
        [390, 844],
        [320, 640],
      ]) {
        await page.resize(width, height);
        const found = await page.eval(() => {
          const seen = [...document.querySelectorAll(".top button, .top h1")].filter((element) =>
            element.checkVisibility(),
          );
          const boxes = seen.map((element) => element.getBoundingClientRect());
          return {
            wide: document.documentElement.scrollWidth > innerWidth,
            out: boxes.filter(({ left, right }) => left < 0 || right > innerWidth).length,
            high: Math.max(...boxes.map((box) => box.height)),
            name: document.querySelector(".preset-name").getBoundingClientRect().width,
            over: boxes.some((a, i) =>
              boxes.some(
                (b, j) =>
                  i < j && a.right > b.left + 1 && a.left < b.right - 1 && a.bottom > b.top + 1 && a.top < b.bottom - 1,
              ),
            ),
          };
        });
        check.deepEqual(
          { ...found, name: 0 },
          { wide: false, out: 0, high: found.high, name: 0, over: false },
          `at ${width}`,
        );
        check.ok(found.high <= 44, `one line at ${width}: ${found.high}`);
        check.ok(found.name >= 60, `the name can be read at ${width}: ${found.name}`);
      }
    },
  },
  {
    name: "on a phone what has no button is in the menu",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      await page.tap('[data-does="more"]');
      await page.waitFor("the menu", () => document.querySelector('[data-does="more"]').ariaExpanded === "true");
      const items = await page.eval(() =>
        [...document.querySelectorAll(".menu-item")]
          .filter((item) => item.checkVisibility())
          .map((item) => item.textContent),
      );
      for (const words of ["Embed", "Export", "About this experiment"])
        check.ok(items.includes(words), items.join(", "));
      await page.tap('.menu [data-does="export"]');
      await page.waitFor("the dialog", () => document.querySelector("dialog.export canvas") !== null);
    },
  },
];

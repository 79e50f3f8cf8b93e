/** How it looks and whom it serves: themes, phones, readers, and controls that explain themselves. */
import { opened, stopped, story } from "./page-parts.mjs";

const background = (page) => page.eval(() => getComputedStyle(document.documentElement).backgroundColor);

export default [
  {
    name: "the theme follows the system, and the visitor over it",
    dark: true,
    async run({ page, check }) {
      await opened(page);
      const dark = await background(page);
      await page.click('[data-does="theme"]');
      await page.waitFor("light", (dark) => getComputedStyle(document.documentElement).backgroundColor !== dark, dark);
      const light = await background(page);
      await page.reload();
      await opened(page);
      check.equal(await background(page), light, "it is remembered");
    },
  },
  {
    name: "on a desk nothing that matters is below the fold",
    async run({ page, check }) {
      await opened(page);
      check.equal(await page.eval(() => document.documentElement.scrollHeight), 800);
      for (const part of [story, ".grid-canvas", "#transport", "#shelf", "#charts", "#pace", "#spoil"]) {
        const { y, height } = await page.box(part);
        check.ok(y >= 0 && y + height <= 800, `${part} is in sight`);
      }
    },
  },
  ...[320, 390].map((width) => ({
    name: `at ${width} pixels nothing is lost and the thumb reaches the run`,
    viewport: { width, height: 700 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      const wide = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check.equal(wide, 0, "nothing scrolls sideways");
      const play = await page.box('[data-does="play"]');
      check.ok(play.y > 550 && play.y + play.height <= 700, "play is at the foot");
      const small = await page.eval(() =>
        [...document.querySelectorAll("button, select, input:not([type=radio], [type=checkbox])")]
          .filter((element) => element.checkVisibility())
          .map((element) => ({ box: element.getBoundingClientRect(), name: element.title || element.className }))
          .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
          .map(({ box, name }) => `${name} ${box.width}×${box.height}`),
      );
      check.deepEqual(small, [], "targets are 44 pixels");
      const canvas = await page.box(".grid-canvas");
      const room = await page.eval(() => document.documentElement.clientWidth);
      check.ok(canvas.width > room - 40, "the picture has the full width");
    },
  })),
  {
    name: "a control of the drawer changes the network, and says what it does",
    async run({ page, check }) {
      await stopped(page);
      await page.click("text=Controls");
      await page.waitFor("the drawer", () => !document.querySelector("#drawer").hidden);
      const unexplained = await page.eval(
        () =>
          [...document.querySelectorAll("#drawer .field")].filter(
            (field) => !field.querySelector(".field-help")?.textContent,
          ).length,
      );
      check.equal(unexplained, 0, "every control has its help");
      const select = "#drawer .field:not([hidden]) select";
      const other = await page.eval(
        (select) => [...document.querySelector(select).options].find((option) => !option.selected).value,
        select,
      );
      await page.set(select, other);
      await page.waitForText(story, "You changed the experiment");
      await page.waitFor("the link", (other) => location.hash.includes(`=${other}`), other);
      await page.press("Escape");
      check.ok(await page.eval(() => document.querySelector("#drawer").hidden));
    },
  },
  {
    name: "what is typed wrongly stays, with the reason beside it",
    async run({ page, check }) {
      await stopped(page);
      const field = '#spoil [data-key="amount"]';
      await page.type(`${field} .number`, "many");
      await page.press("Enter");
      await page.waitForText(`${field} .field-error`, /from 0 to 100/);
      check.equal(await page.eval((field) => document.querySelector(`${field} .number`).value, field), "many");
      await page.type(`${field} .number`, "40");
      await page.press("Enter");
      check.equal(await page.text(`${field} .field-error`), "");
    },
  },
];

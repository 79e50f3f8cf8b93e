/** A figure that leads stands in the embed too, at each level, and takes a touch only once it has been tapped. */
import { described, landscape } from "../lib/figures.mjs";
import { here } from "./embed-parts.mjs";
import { acted, pretend } from "./page-parts.mjs";

async function figured(page, embed) {
  await embed.open();
  const figures = { landscape: landscape() };
  await pretend(page, {
    description: { figures: described(["landscape"], { press: "place" }) },
    figures,
    acts: ["place"],
  });
  await page.eval(() => document.querySelector('[data-action="invert"]').click());
  await embed.waitFor("the figure", () => {
    const canvas = document.querySelector(".figure-canvas");
    if (!canvas?.checkVisibility()) return false;
    return canvas
      .getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((byte) => byte > 0);
  });
}

const parts = [".figure-canvas", ".grid-canvas", ".views", ".figure-note"];

export default [
  {
    name: "what leads takes the place of the grid at every level, and the switch is there at the fullest",
    path: "embed.html",
    hash: "#autoplay=0",
    async run({ page, check }) {
      const embed = here(page);
      await figured(page, embed);
      check.deepEqual(await embed.seen(parts), [".figure-canvas", ".views", ".figure-note"]);
      await page.click(".figure-canvas", 0.5, 0.4);
      await embed.waitFor("a press", () => globalThis.__acted.length > 0);
      await page.click(".views label:first-child");
      check.deepEqual(await embed.seen(parts), [".grid-canvas", ".views"]);
      await page.click(".views label:last-child");
      for (const [level, seen] of [
        ["story", [".figure-canvas", ".figure-note"]],
        ["bare", [".figure-canvas"]],
      ]) {
        await page.eval((level) => {
          location.hash = `#autoplay=0&ui=${level}`;
        }, level);
        await embed.waitFor(level, (level) => document.documentElement.dataset.ui === level, level);
        await embed.waitFor(
          `${level}: ${seen}`,
          ([parts, seen]) => {
            const there = parts.filter((part) => document.querySelector(part)?.checkVisibility());
            return JSON.stringify(there) === JSON.stringify(seen);
          },
          [parts, seen],
        );
        const wide = await embed.eval(() => document.documentElement.scrollWidth - innerWidth);
        check.ok(wide <= 0, `${level}: ${wide} pixels too wide`);
      }
    },
  },
  {
    name: "a finger that passes over a figure scrolls, and presses once it has tapped it",
    path: "embed.html",
    hash: "#autoplay=0",
    viewport: { width: 390, height: 600 },
    touch: true,
    async run({ page, check }) {
      const embed = here(page);
      await figured(page, embed);
      await page.tap(".figure-canvas", 0.5, 0.4);
      await embed.waitFor("its hold", () => document.querySelector(".stage").hasAttribute("data-held"));
      check.deepEqual(await acted(page), []);
      await page.tap(".figure-canvas", 0.5, 0.4);
      await embed.waitFor("a press", () => globalThis.__acted.length > 0);
    },
  },
];

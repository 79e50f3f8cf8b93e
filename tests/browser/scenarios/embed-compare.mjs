/** Machines side by side in somebody else's page. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { here } from "./embed-parts.mjs";
import { audit, opened, openSpec, shared } from "./page-parts.mjs";

/** The first experiment of the page that has others beside it. */
async function together(site) {
  const index = JSON.parse(await readFile(join(site.dist, "presets/index.json"), "utf8"));
  for (const { name } of index) {
    const text = await readFile(join(site.dist, `presets/${name}.json`), "utf8");
    const { beside } = JSON.parse(text);
    if (beside?.length === 2) return JSON.parse(text);
  }
  throw new Error("no experiment has two others beside it");
}

export default [
  {
    name: "three stand in one frame, in every level, and none is wider than it",
    viewport: { width: 640, height: 1000 },
    async run({ page, check, site }) {
      await opened(page);
      await openSpec(page, await together(site));
      await page.waitFor("three of them", () => document.querySelectorAll(".seat-name").length === 3);
      const { link } = await shared(page);
      const hash = `#${link.split("#")[1]}`;
      await page.open(`${site.url}embed.html${hash}&autoplay=0`);
      const embed = here(page);
      await embed.open();
      await embed.waitFor("three of them", () => document.querySelectorAll(".seat-canvas").length === 2);
      for (const level of ["full", "story", "bare"]) {
        await page.eval((hash) => {
          location.hash = hash;
        }, `${hash}&autoplay=0&ui=${level}`);
        await embed.waitFor(level, (level) => document.documentElement.dataset.ui === level, level);
        for (const width of [320, 640]) {
          await page.resize(width, 1000);
          const wide = await embed.eval(() => document.documentElement.scrollWidth - innerWidth);
          check.ok(wide <= 0, `${level} at ${width}: ${wide}`);
        }
        await audit(page, level);
      }
    },
  },
];

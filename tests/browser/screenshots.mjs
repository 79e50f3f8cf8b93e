/**
 * Pictures of dist/ to look at: `node tests/browser/screenshots.mjs [DIST] [HASH]` writes target/screenshots/*.png,
 * on a desk and on a phone, light and dark, a while after arrival.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { launch } from "./lib/launch.mjs";
import { serve } from "./lib/server.mjs";

const [dist = "dist", hash = ""] = process.argv.slice(2);
const folder = join(import.meta.dirname, "../../target/screenshots");
const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const settled = 3000;

await mkdir(folder, { recursive: true });
const server = await serve({ "/": resolve(dist) });
const browser = launch("chromium");
for (const [place, viewport] of Object.entries(sizes)) {
  for (const dark of [false, true]) {
    const page = await browser.open({ viewport, dark, touch: place === "phone" });
    await page.open(`${server.origin}/${hash}`);
    await new Promise((wait) => setTimeout(wait, settled));
    const file = join(folder, `${place}-${dark ? "dark" : "light"}.png`);
    await page.screenshot(file);
    console.log(file);
    for (const problem of await page.allProblems()) console.log(`  ${problem}`);
    await page.close();
  }
}
await browser.close();
await server.close();

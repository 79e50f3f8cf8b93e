/**
 * Times the kernels in a Chromium tab: `node tests/browser/bench.mjs PACKAGE MILLISECONDS [FILTER]`, where PACKAGE
 * is a folder with the wasm package built with its feature `bench`. Prints a line `name<tab>nanoseconds` for each.
 */
import { join, resolve } from "node:path";
import { launch } from "./lib/launch.mjs";
import { serve } from "./lib/server.mjs";

const [folder, milliseconds = "1000", filter = ""] = process.argv.slice(2);
const server = await serve({ "/pages/": join(import.meta.dirname, "pages"), "/bench/": resolve(folder) });
const browser = launch("chromium");
const page = await browser.open();
try {
  await page.open(`${server.origin}/pages/package.html?package=/bench/`);
  await page.waitFor("the wasm package", () => window.engram || window.problem);
  const names = await page.eval(() => {
    if (window.problem) throw new Error(window.problem);
    return JSON.parse(window.engram.bench_names());
  });
  for (const name of names.filter((name) => name.includes(filter))) {
    const time = await page.eval(
      ([name, milliseconds]) => window.engram.bench_time(name, milliseconds),
      [name, Number(milliseconds)],
    );
    console.log(`${name}\t${time}`);
  }
} finally {
  await browser.close();
  await server.close();
}

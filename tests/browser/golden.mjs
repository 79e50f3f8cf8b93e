/**
 * The same bits everywhere: `node tests/browser/golden.mjs SIMD SCALAR`, two folders with builds of the wasm package.
 * Each is run in Node, in Chromium and in Firefox; its export `goldens()` returns a JSON object of names and hashes,
 * which must be that of tests/golden/golden.json, which native tests are held to as well.
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./lib/launch.mjs";
import { serve } from "./lib/server.mjs";

const here = import.meta.dirname;
const [simd, scalar] = process.argv.slice(2).map((folder) => resolve(folder));
if (!scalar) throw new Error("name two folders: the build with SIMD and the one without");
const flavours = { simd, scalar };
const expected = JSON.parse(await readFile(join(here, "../golden/golden.json"), "utf8"));

/** A package without the export has no streams: right only as long as none are expected. */
const goldens = (engram) => (engram.goldens ? engram.goldens() : "{}");

async function inNode(folder) {
  const engram = await import(pathToFileURL(join(folder, "engram-wasm.js")));
  engram.initSync({ module: await readFile(join(folder, "engram-wasm_bg.wasm")) });
  return goldens(engram);
}

async function inBrowser(browser, origin, flavour) {
  const page = await browser.open();
  try {
    await page.open(`${origin}/pages/package.html?package=/${flavour}/`);
    await page.waitFor("the wasm package", () => window.engram || window.problem);
    return await page.eval(() => {
      if (window.problem) throw new Error(window.problem);
      return window.engram.goldens ? window.engram.goldens() : "{}";
    });
  } finally {
    await page.close();
  }
}

/** The names whose values differ, with both values. */
function differences(text) {
  const found = JSON.parse(text);
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .filter((name) => found[name] !== expected[name])
    .map((name) => `${name}: expected ${expected[name]}, got ${found[name]}`);
}

const server = await serve({ "/pages/": join(here, "pages"), "/simd/": simd, "/scalar/": scalar });
const browsers = [launch("chromium"), launch("firefox")];
let [passed, failed] = [0, 0];
for (const [flavour, folder] of Object.entries(flavours)) {
  const hosts = [
    ["node", () => inNode(folder)],
    ...browsers.map((browser) => [browser.name, () => inBrowser(browser, server.origin, flavour)]),
  ];
  for (const [host, run] of hosts) {
    try {
      const wrong = differences(await run());
      if (wrong.length > 0) throw new Error(wrong.join("\n      "));
      passed += 1;
      console.log(`  ✓ ${flavour} in ${host}: ${Object.keys(expected).length} streams`);
    } catch (error) {
      failed += 1;
      console.log(`  ✗ ${flavour} in ${host}\n      ${error.message}`);
    }
  }
}
for (const browser of browsers) await browser.close();
await server.close();
console.log(`golden: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

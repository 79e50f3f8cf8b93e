/**
 * Plays the scenarios of `scenarios/*.mjs` in one browser: `node tests/browser/run.mjs chromium|firefox [DIST] [WORDS]`.
 * `cargo xtask test --only chromium,firefox` does it with a fresh set-up; WORDS plays only scenarios whose name
 * contains them.
 *
 * To add a scenario, add a file there, or an entry to a file. A file exports a list:
 *
 *     export default [
 *       {
 *         name: "a drawing is stored and recalled",
 *         viewport: { width: 390, height: 844 },   // optional, as are: dark, reducedMotion, touch (true or false)
 *         path: "embed.html",                      // optional: a file beside the page, opened in its place
 *         hash: "#…",                              // optional: what follows the page's address
 *         allow: [/console: expected warning/],    // optional: problems that this scenario brings about on purpose
 *         async run({ page, check, browser, site }) {
 *           await page.click("text=Store");
 *           await page.waitForText("#story", "remembered");
 *           check.equal(await page.count(".memory"), 4);
 *         },
 *       },
 *     ];
 *
 * `page` is lib/page.mjs: click, tap, drag, press, type, set, text, waitFor, waitForText, eval, box, colourAt,
 * screenshot, resize, clipboard, url, open, reload. `check` is node:assert/strict. `site` is
 * `{ url, origin, missing, dist }`. The page is open when `run` starts, in a profile of its own, served from a path
 * below the root.
 *
 * After each scenario the page must have no console error, no exception, no violation of its policy, no request to
 * another origin and no missing file. The picture of a failed one is in target/browser/.
 */
import check from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { launch } from "./lib/launch.mjs";
import { serve } from "./lib/server.mjs";

const [name = "chromium", dist = "dist", words = ""] = process.argv.slice(2);
const here = import.meta.dirname;
const pictures = join(here, "../../target/browser", name);
const limit = 90_000;

async function scenarios() {
  const list = [];
  for (const file of (await readdir(join(here, "scenarios"))).filter((file) => file.endsWith(".mjs")).sort()) {
    const { default: entries } = await import(join(here, "scenarios", file));
    list.push(...entries.map((entry) => ({ ...entry, name: `${file.slice(0, -".mjs".length)}: ${entry.name}` })));
  }
  return list.filter((scenario) => scenario.name.includes(words));
}

async function play(scenario, browser, site) {
  const page = await browser.open(scenario);
  site.missing.length = 0;
  try {
    await page.open(site.url + (scenario.path ?? "") + (scenario.hash ?? ""));
    await within(limit, scenario.run({ page, check, browser: name, site }));
    const allowed = (problem) => scenario.allow?.some((pattern) => pattern.test(problem));
    const problems = (await page.allProblems()).filter((problem) => !allowed(problem));
    check.deepEqual(problems, [], `the page had problems: ${problems.join(" | ").replaceAll(/\s+/g, " ")}`);
    check.deepEqual(site.missing, [], `the page asked for files that are not there: ${site.missing.join(" | ")}`);
  } catch (error) {
    const file = join(pictures, `${scenario.name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`);
    await page.screenshot(file).catch(() => {});
    error.message += `\n  picture: ${file}\n  problems: ${JSON.stringify(await page.allProblems(), null, 2)}`;
    throw error;
  } finally {
    await page.close();
  }
}

function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

await mkdir(pictures, { recursive: true });
const waiting = await scenarios();
let [passed, failed] = [0, 0];

/** Plays what waits, one after another, in a browser and from a server of its own. */
async function lane() {
  const browser = launch(name);
  const base = "/some/where/engram/";
  const server = await serve({ [base]: resolve(dist) });
  const site = { url: server.origin + base, origin: server.origin, missing: server.missing, dist: resolve(dist) };
  for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
    const start = performance.now();
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    try {
      await play(scenario, browser, site);
      passed += 1;
      console.log(`  ✓ ${scenario.name} (${seconds()})`);
    } catch (error) {
      failed += 1;
      const [why] = String(error.message ?? error).split("\n");
      console.log(`  ✗ ${scenario.name} (${seconds()}): ${why}`);
      console.log(String(error.stack ?? error).replaceAll(/^/gm, "      "));
    }
  }
  await browser.close();
  await server.close();
}

// What a scenario began and did not wait for: it fails, and those after it are played all the same.
process.on("unhandledRejection", (error) => {
  failed += 1;
  console.log(`  ✗ of something that no scenario waited for: ${String(error?.message ?? error).split("\n")[0]}`);
});

// A scenario mostly waits, so two at once take half as long; each has its window to itself, and with it the focus.
await Promise.all([lane(), lane()]);
console.log(`${name}: ${passed} passed, ${failed} failed`);
// A scenario that failed may have left a server behind, which would keep this open.
process.exit(failed === 0 ? 0 : 1);

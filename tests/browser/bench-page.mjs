/**
 * Measures the page in Chromium: `node tests/browser/bench-page.mjs [DIST] [MINUTES]`. How soon a visitor with an
 * empty cache can play, how many frames a second it draws while a lattice of 512 × 512 and a network of 64 × 64 run flat
 * out, what the longest task is, what a hidden tab costs, and how the memory grows over a run of so many minutes.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { launch } from "./lib/launch.mjs";
import { serve } from "./lib/server.mjs";
import { costliestTask } from "./lib/trace.mjs";

const [dist = "dist", minutes = "0.5"] = process.argv.slice(2);
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
/** Heat, so that it never rests. */
const restless =
  "#v=1&e=3&m=hopfield&seed=5&random=40.64x64&temperature=0.6&update=heat_bath&start=0&flip=0.2&k=908ee4a8";
/** At its transition, where it is never the same. */
const crowded = "#v=1&e=3&m=ising&height=512&width=512&k=74e6203f";

const server = await serve({ "/": resolve(dist) });
const browser = launch("chromium");

function row(what, value, goal = "") {
  console.log(`${what.padEnd(58)} ${value.padStart(14)}  ${goal}`);
}

/** Runs before the page's scripts: when the first experiment can be played with, and every task over 50 ms. */
function watch() {
  globalThis.__long = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.__long.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (document.querySelector("#lab[data-phase=open][data-hash]")) globalThis.__open ??= performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function open(hash = "") {
  const page = await browser.open();
  await page.tab.addInitScript(watch);
  await page.open(`${server.origin}/${hash}`);
  await page.waitFor("an experiment", () => globalThis.__open);
  return page;
}

/** Seconds of processor time that all the browser's processes have used, and the bytes that they hold. */
async function cost() {
  const { processInfo } = await (await browser.browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  let bytes = 0;
  for (const { id } of renderers) {
    const status = await readFile(`/proc/${id}/statm`, "utf8").catch(() => "0 0");
    bytes += 4096 * Number(status.split(" ")[1]);
  }
  return { seconds: renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0), bytes };
}

const longest = (page, since = 0) =>
  page.eval((since) => Math.max(0, ...globalThis.__long.filter(([at]) => at >= since).map(([, long]) => long)), since);

/** Lets a page run as fast as it can, and tells how smoothly it draws. */
async function flatOut(page, size) {
  await page.eval(() => {
    const slider = document.querySelector("[data-does=speed]");
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.waitFor("the run", () => document.querySelector("#lab").dataset.running === "true");
  await wait(2000);
  const frames = await page.eval(async () => {
    const begun = performance.now();
    const hashes = new Set();
    let drawn = 0;
    while (performance.now() - begun < 5000) {
      await new Promise(requestAnimationFrame);
      drawn += 1;
      hashes.add(document.querySelector("#lab").dataset.hash);
    }
    const seconds = (performance.now() - begun) / 1000;
    return { begun, drawn: drawn / seconds, fresh: hashes.size / seconds };
  });
  row(`frames a second, ${size}, flat out`, frames.drawn.toFixed(1), "60");
  row("of these with a new state", frames.fresh.toFixed(1));
  row("longest task meanwhile", `${(await longest(page, frames.begun)).toFixed(0)} ms`, "under 50 ms");
}

try {
  const arrivals = [];
  let task = 0;
  for (let visit = 0; visit < 3; visit += 1) {
    const page = await open();
    arrivals.push(await page.eval(() => globalThis.__open));
    task = Math.max(task, await longest(page));
    await page.close();
  }
  row("first interaction, empty cache, best of 3", `${Math.min(...arrivals).toFixed(0)} ms`, "under 1000 ms");
  row("longest task on arrival", `${task.toFixed(0)} ms`, "under 50 ms");
  const spent = await costliestTask(browser.browser, server.origin, async () => {
    const page = await open();
    await wait(2000);
    await page.close();
  });
  row("processor time of a task on arrival, at most", `${spent.toFixed(0)} ms`, "under 50 ms");

  const lattice = await open(crowded);
  await flatOut(lattice, "512 × 512");
  await lattice.close();

  const page = await open(restless);
  await flatOut(page, "64 × 64");

  const samples = [];
  const rounds = 10;
  const collector = await page.tab.context().newCDPSession(page.tab);
  for (let round = 0; round <= rounds; round += 1) {
    // What is garbage already is not what it holds.
    await collector.send("HeapProfiler.collectGarbage");
    const heap = await page.eval(() => performance.memory.usedJSHeapSize);
    samples.push({ heap, ...(await cost()) });
    if (round < rounds) await wait((Number(minutes) * 60_000) / rounds);
  }
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const half = samples[rounds / 2];
  const last = samples.at(-1);
  row(
    `memory of the tab after ${minutes} minutes flat out`,
    megabytes(last.bytes),
    `half-way ${megabytes(half.bytes)}`,
  );
  row("of it scripts", megabytes(last.heap), `half-way ${megabytes(half.heap)}`);

  await page.eval(() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  // The run's garbage is collected once, some time after its end: that may fall into one of these, or two.
  await wait(8000);
  const costs = [];
  for (let round = 0; round < 5; round += 1) {
    const before = await cost();
    await wait(5000);
    const after = await cost();
    costs.push(200 * (after.seconds - before.seconds));
  }
  costs.sort((one, other) => one - other);
  row("processor time of a hidden tab, a second", `${costs[2].toFixed(1)} ms`, `0; at most ${costs[4].toFixed(1)} ms`);
  await page.close();
} finally {
  await browser.close();
  await server.close();
}

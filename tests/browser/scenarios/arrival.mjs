/** What must hold for every visitor before anything is touched. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const title = (page) => page.eval(() => document.title);

export default [
  {
    name: "the page loads and starts its machine",
    async run({ page, check, site }) {
      check.match(await title(page), /Engram/);
      check.ok(await page.text("h1"), "the page has a heading without any script");
      await page.waitFor("the wasm to be fetched", () =>
        // The worker fetches it: its timings are not the page's, so ask for what the page knows of the worker.
        performance.getEntriesByType("resource").some(({ name }) => /worker-[0-9a-f]{12}\.js$/.test(name)),
      );
      check.equal(await page.eval(() => location.href.split("#")[0]), site.url);
    },
  },
  {
    name: "the policy forbids inline scripts and other origins, and the file obeys it",
    async run({ page, check, site }) {
      const policy = await page.eval(
        () => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content") ?? "",
      );
      check.match(policy, /default-src 'none'/);
      check.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
      const html = await readFile(join(site.dist, "index.html"), "utf8");
      check.doesNotMatch(html, /<script(?![^>]*\bsrc=)/, "no inline script");
      check.doesNotMatch(html, /\son[a-z]+=|\sstyle=/i, "no inline handler or style");
      const refused = await page.eval(() =>
        fetch("http://127.0.0.2:9/").then(
          () => "sent",
          () => "refused",
        ),
      );
      check.equal(refused, "refused");
      await page.waitFor("word of it", () => globalThis.__violations.length > 0);
      const violations = await page.eval(() => globalThis.__violations.splice(0));
      check.equal(violations.length, 1, "the policy, not the network, refused the request");
    },
    allow: [/127\.0\.0\.2/],
  },
  {
    name: "every address in the page is relative",
    async run({ check, site }) {
      const html = await readFile(join(site.dist, "index.html"), "utf8");
      const addresses = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((found) => found[1]);
      check.ok(addresses.length >= 3, "a script, a style sheet and an icon at least");
      for (const address of addresses) check.doesNotMatch(address, /^\/|^https?:/, address);
    },
  },
  {
    name: "the presets are listed and each is there",
    async run({ page, check, site }) {
      const listed = await page.eval(() => fetch("presets/index.json").then((answer) => answer.json()));
      const number = (file) => Number.parseInt(file, 10);
      const files = (await readdir(join(site.dist, "presets")))
        .filter((file) => file !== "index.json")
        .sort((a, b) => number(a) - number(b));
      check.deepEqual(
        listed.map(({ name }) => `${name}.json`),
        files,
      );
    },
  },
  {
    name: "nothing scrolls sideways on a phone",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      const wide = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check.equal(wide, 0);
    },
  },
];

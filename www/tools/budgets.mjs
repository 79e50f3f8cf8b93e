/** Prints what a visitor downloads, and fails if a part is over its budget: `node budgets.mjs DIST`. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [dist = "dist"] = process.argv.slice(2);
const data = (await readdir(join(dist, "data"), { recursive: true })).map((name) => `data/${name}`);
const files = [...(await readdir(dist)), ...data].sort();
const page = await readFile(join(dist, "index.html"), "utf8");
/** What arrives before the first click: what index.html names, and the worker that its script starts. */
const atOnce = (name) => page.includes(name) || name.startsWith("worker-");

/**
 * Budgets in bytes after gzip, the compression that every static server has. The wasm is to come down, and the embed,
 * of which it is most, to 150 kB for the machines of one family: it has all of them. What weighs is reading and writing
 * JSON and decimals (the errors of serde_json alone bring the standard library's printer of decimals), and every cold
 * function made once for each width of number and each machine of spins.
 */
const budgets = [
  { what: "wasm", has: (name) => name.endsWith(".wasm"), limit: 720_000 },
  { what: "scripts at once", has: (name) => name.endsWith(".js") && atOnce(name), limit: 70_000 },
  { what: "styles at once", has: (name) => name.endsWith(".css") && atOnce(name), limit: 15_000 },
  { what: "scripts later", has: (name) => name.endsWith(".js") && !atOnce(name), limit: 86_000 },
  { what: "styles later", has: (name) => name.endsWith(".css") && !atOnce(name), limit: 15_000 },
  // All that is to learn from; an experiment fetches the one file that it needs.
  { what: "data", has: (name) => name.startsWith("data/") && name.endsWith(".bin"), limit: 780_000 },
  // Of these, too, an experiment fetches the one that it names.
  { what: "ready machines", has: (name) => name.endsWith(".safetensors"), limit: 420_000 },
  { what: "embed", has: (name) => name === "embed.html", limit: 778_000 },
];

let over = 0;
for (const { what, has, limit } of budgets) {
  let [raw, zipped] = [0, 0];
  for (const file of files.filter(has)) {
    const content = await readFile(join(dist, file));
    raw += content.length;
    zipped += gzipSync(content, { level: 9 }).length;
  }
  if (raw === 0) {
    console.error(`error: no ${what} in ${dist}: the build is not whole`);
    over += 1;
  }
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const verdict = zipped > limit ? "OVER" : "ok";
  console.log(
    `${what.padEnd(16)} ${kilobytes(raw).padStart(10)}  gzip ${kilobytes(zipped).padStart(9)} of ${kilobytes(limit)}  ${verdict}`,
  );
  if (zipped > limit) over += 1;
}
process.exitCode = over === 0 ? 0 : 1;

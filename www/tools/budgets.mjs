/** Prints what a visitor downloads, and fails if a part is over its budget: `node budgets.mjs DIST`. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Budgets in bytes after gzip, the compression that every static server has. The wasm is to come down to 90 kB; what
 * weighs is reading and writing JSON and decimals, and every cold function made twice, for each width of number.
 */
const budgets = [
  { what: "wasm", match: /\.wasm$/, limit: 190_000 },
  { what: "scripts", match: /\.js$/, limit: 70_000 },
  { what: "styles", match: /\.css$/, limit: 15_000 },
  // To come down to 150 kB with the wasm, which is three quarters of it.
  { what: "embed", match: /^embed\.html$/, limit: 275_000 },
];

const [dist = "dist"] = process.argv.slice(2);
const files = (await readdir(dist)).sort();
let over = 0;
for (const { what, match, limit } of budgets) {
  let [raw, zipped] = [0, 0];
  for (const file of files.filter((name) => match.test(name))) {
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
    `${what.padEnd(8)} ${kilobytes(raw).padStart(10)}  gzip ${kilobytes(zipped).padStart(9)} of ${kilobytes(limit)}  ${verdict}`,
  );
  if (zipped > limit) over += 1;
}
process.exitCode = over === 0 ? 0 : 1;

/**
 * Runs after Trunk has built the wasm and written index.html to the staging folder.
 *
 * index.html names sources (`src/main.ts`, `styles/main.css`); this bundles them, gives every file a name with a
 * hash of its content, so that no cache can mix two builds, and writes those names into index.html. The order is
 * that of who names whom: the wasm, the worker that loads it, the page that starts the worker. What the page needs only
 * after a click, a script with `import()` and styles/later.css, is fetched then.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { deflateSync } from "node:zlib";
import zopfli from "@gfx/zopfli";
import { build } from "esbuild";
import { embedPage } from "./embed.mjs";
import { readLines } from "./lines.mjs";
import { readNotes } from "./notes.mjs";
import { bundleInParts } from "./parts.mjs";
import { presetIndex } from "./presets.mjs";

// esbuild has said what is wrong with which line; its stack says nothing more.
process.on("uncaughtException", (error) => {
  console.error(error.errors ? "error: the page was not bundled, see above" : `error: ${error.message}`);
  process.exit(1);
});

const root = process.cwd();
const stage = process.env.TRUNK_STAGING_DIR;
if (!stage) {
  throw new Error("TRUNK_STAGING_DIR is not set: this is a hook of Trunk, run `cargo xtask build`");
}
const release = process.env.TRUNK_PROFILE === "release";
const source = (...parts) => join(root, "www", ...parts);

/** Writes `name-hash.ext` to the staging folder; returns that name. */
async function emit(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = `${name}-${hash}.${extension}`;
  await writeFile(join(stage, file), content);
  return file;
}

const options = (entry, define) => ({
  entryPoints: [source(entry)],
  bundle: true,
  write: false,
  format: "esm",
  target: ["chrome91", "firefox114", "safari16.4"],
  minify: release,
  sourcemap: release ? false : "inline",
  // Only what somebody else wrote has any: their licence asks for them.
  legalComments: "eof",
  alias: { "engram-wasm": join(stage, "engram-wasm.js") },
  define: Object.fromEntries(Object.entries(define).map(([key, value]) => [key, JSON.stringify(value)])),
  logLevel: "warning",
});

/** One source and all it imports as one text. */
async function bundle(entry, define = {}) {
  const { outputFiles } = await build(options(entry, define));
  return outputFiles[0].contents;
}

/** The same for a document of one file, in which a script is no module and has no address. */
async function bundleAlone(entry, define = {}) {
  const { define: names, ...rest } = options(entry, define);
  const { outputFiles } = await build({
    ...rest,
    format: "iife",
    sourcemap: false,
    define: { ...names, "import.meta.url": '""' },
  });
  return outputFiles[0].text;
}

const integrity = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

const tag = (name, attributes) => {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${list.join("")}>`;
};

/** The html with the one tag that mentions `path` replaced; an error if there is none. */
function replaceTag(html, path, tag) {
  const pattern = new RegExp(`<(script|link)\\b[^>]*"${path.replaceAll(".", "\\.")}"[^>]*>(\\s*</script>)?`);
  if (!pattern.test(html)) {
    throw new Error(`www/index.html has no <script> or <link> that names "${path}"`);
  }
  return html.replace(pattern, () => tag);
}

/**
 * Trunk's reload script for `serve` is inline, which the page's policy forbids: it becomes a file. Trunk fills these
 * two names in when it serves the page, which it would not do in a file.
 */
async function moveInlineScripts(html) {
  const parts = [];
  let rest = html;
  for (;;) {
    const found = rest.match(/<script>([\s\S]*?)<\/script>/);
    if (!found) break;
    const name = await emit("serve", "js", reload(found[1]));
    parts.push(rest.slice(0, found.index), `<script src="${name}"></script>`);
    rest = rest.slice(found.index + found[0].length);
  }
  return parts.join("") + rest;
}

const reload = (script) =>
  script.replaceAll("'{{__TRUNK_ADDRESS__}}'", "location.host").replaceAll("'{{__TRUNK_WS_BASE__}}'", "'/'");

/** The package's types, for the type checker and editors; rewritten only when they change. */
async function publishTypes() {
  const folder = join(root, "target", "web");
  const file = join(folder, "engram-wasm.d.ts");
  const types = await readFile(join(stage, "engram-wasm.d.ts"), "utf8");
  const before = await readFile(file, "utf8").catch(() => "");
  if (types !== before) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, types);
  }
}

await publishTypes();
const machine = await readFile(join(stage, "engram-wasm_bg.wasm"));
const wasm = await emit("engram", "wasm", machine);
const worker = await emit("worker", "js", await bundle("src/engine/worker.ts", { ENGRAM_WASM: `./${wasm}` }));
const decoder = await emit("decoder", "js", await bundle("src/images/worker.ts"));
const later = await emit("later", "css", await bundle("styles/later.css"));
const notes = {};
for (const [model, sheet] of Object.entries(await readNotes(source("notes")))) {
  notes[model] = `./${await emit(`notes-${model}`, "json", JSON.stringify(sheet))}`;
}
const lines = await emit("lines", "json", JSON.stringify(await readLines(source("lines"))));
const names = {
  ENGRAM_WORKER: `./${worker}`,
  ENGRAM_DECODER: `./${decoder}`,
  ENGRAM_LATER_STYLES: `./${later}`,
  ENGRAM_NOTES: notes,
  ENGRAM_LINES: `./${lines}`,
};
const [script, ...shared] = await bundleInParts(options("src/main.ts", names), root, stage);
const style = await bundle("styles/main.css");
const styleName = await emit("main", "css", style);

const page = join(stage, "index.html");
let html = await moveInlineScripts(await readFile(page, "utf8"));
html = replaceTag(
  html,
  "src/main.ts",
  [
    ...shared.map((part) => tag("link", { rel: "modulepreload", href: part.name, integrity: integrity(part.content) })),
    `${tag("script", { type: "module", src: script.name, integrity: integrity(script.content) })}</script>`,
  ].join("\n    "),
);
html = replaceTag(
  html,
  "styles/main.css",
  tag("link", { rel: "stylesheet", href: styleName, integrity: integrity(style) }),
);
if (release) html = html.replace(/^\s*<!--[\s\S]*?-->\n/gm, "");
await writeFile(page, html);

const presets = await presetIndex(source("presets"));
await mkdir(join(stage, "presets"), { recursive: true });
for (const { file, text } of presets.files) {
  await writeFile(join(stage, "presets", file), text);
}
await writeFile(join(stage, "presets", "index.json"), `${JSON.stringify(presets.index)}\n`);

// Seconds of search for a shorter way to write the same: a twentieth less to load.
const deflated = release ? await zopfli.zlibAsync(machine, { numiterations: 5 }) : deflateSync(machine);
const embed = embedPage(await readFile(source("embed.html"), "utf8"), {
  script: await bundleAlone("src/embed/main.ts", { ENGRAM_LATER_STYLES: "", ENGRAM_NOTES: {}, ENGRAM_LINES: "" }),
  style: await bundleAlone("styles/embed.css"),
  worker: await bundleAlone("src/engine/worker.ts", { ENGRAM_WASM: "" }),
  preset: presets.files[0].text,
  wasm: deflated,
});
await writeFile(join(stage, "embed.html"), embed);
await cp(source("data"), join(stage, "data"), { recursive: true });
await cp(source("blog"), join(stage, "blog"), { recursive: true });
// The page's own icon has a name with a hash, which a plain document cannot know.
await cp(source("icon.svg"), join(stage, "blog", "icon.svg"));

// What the bundles were made of is not part of the page.
for (const file of await readdir(stage)) {
  if (basename(file).startsWith("engram-wasm")) await rm(join(stage, file), { recursive: true });
}

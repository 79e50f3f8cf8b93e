/** Presets: one spec file each, listed for the page's picker in an index made at build time. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads every `*.json` of a folder. Returns the files as they are, and an index of
 * `{ name, title, text, tags }` in the order of the numbers that begin the file names, where `name` is the file's name without `.json`.
 */
export async function presetIndex(folder) {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(".json"))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const files = [];
  const index = [];
  for (const file of names) {
    const text = await readFile(join(folder, file), "utf8");
    const preset = parse(file, text);
    for (const key of ["title", "text"]) {
      if (typeof preset[key] !== "string" || preset[key] === "") {
        throw new Error(`www/presets/${file}: "${key}" must be a text that is not empty`);
      }
    }
    if (!Array.isArray(preset.tags) || preset.tags.some((tag) => typeof tag !== "string")) {
      throw new Error(`www/presets/${file}: "tags" must be a list of texts`);
    }
    files.push({ file, text });
    index.push({ name: file.slice(0, -".json".length), title: preset.title, text: preset.text, tags: preset.tags });
  }
  return { files, index };
}

function parse(file, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`www/presets/${file}: ${error.message}`);
  }
}

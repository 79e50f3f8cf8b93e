/**
 * Lines: machines of which each becomes the next by a change of a few terms, written in www/lines/*.toml. Formulas are
 * turned into MathML here, a term at a time, as those of notes are.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { formula } from "./notes.mjs";

/** The lines in the order of the file names: `[{ name, label, stops: [{ label, model, params, terms, says }] }]`. */
export async function readLines(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".toml")).sort();
  return Promise.all(files.map(async (file) => line(file, parse(await readFile(join(folder, file), "utf8")))));
}

function line(file, { label, stops = [], ...rest }) {
  const at = `www/lines/${file}`;
  known(at, rest);
  if (stops.length < 2) throw new Error(`${at}: a line has at least two stops`);
  return {
    name: file.slice(0, -".toml".length),
    label: text(at, "label", label),
    stops: stops.map((s) => stop(at, s)),
  };
}

function stop(at, { label, model, params = {}, terms = [], says, ...rest }) {
  known(at, rest);
  const place = `${at}: ${text(at, "label", label)}`;
  const ids = new Set(terms.map(({ id }) => id));
  if (terms.length === 0 || ids.size < terms.length) throw new Error(`${place}: each term needs an id of its own`);
  return {
    label,
    model: text(place, "model", model),
    params,
    terms: terms.map((t) => term(place, t)),
    says: text(place, "says", says),
  };
}

function term(at, { id, tex, ...rest }) {
  known(at, rest);
  const [, , ...parts] = formula(`${at}: ${text(at, "id", id)}`, text(at, "tex", tex), true);
  return { id, math: ["mrow", 0, ...parts] };
}

function text(at, key, value) {
  if (typeof value !== "string" || value.trim() === "")
    throw new Error(`${at}: "${key}" must be a text that is not empty`);
  return value;
}

function known(at, rest) {
  const [strange] = Object.keys(rest);
  if (strange) throw new Error(`${at}: there is no field "${strange}"`);
}

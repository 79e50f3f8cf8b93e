/**
 * Notes: what a person may want to know about each part of a machine, written in www/notes/*.toml (CONTRIBUTING.md, "A
 * note"). Formulas are turned into MathML here, at build time, and reach the page as trees of plain data, so that it
 * needs neither a typesetter nor markup.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import temml from "temml";

/** What every machine may draw on. */
const SHARED = "shared";

/** Fields of a note: texts may hold `$formulas$`, formulas are displayed, plain ones are neither. */
const texts = ["what", "where", "move"];
const formulas = ["formula", "here"];
const plain = ["title", "source"];

/** Where notes may stand: the words lead from one table to the tables below it. */
const below = {
  controls: ["options"],
  options: [],
  actions: ["args"],
  args: ["options"],
  observables: [],
  layers: [],
  figures: [],
};

/** The page makes no other elements and attributes of a formula. */
const elements =
  /^(math|mrow|mi|mn|mo|mtext|mspace|msub|msup|msubsup|mfrac|msqrt|mroot|munder|mover|munderover|mtable|mtr|mtd|mstyle|mpadded)$/;
const attributes =
  /^(display|data-now|form|fence|separator|stretchy|symmetric|largeop|movablelimits|lspace|rspace|width|height|depth|displaystyle|scriptlevel|linethickness|minsize|maxsize|accent|mathvariant)$/;
/** What a typesetter says for its own style sheet; the page has its own. */
const unused = /^(class|style|xmlns|columnalign|rowspacing|columnspacing)$/;

/**
 * The notes of each model: `{ hopfield: { "controls.rule": note, … } }`, where a note is
 * `{ title?, what, formula?, here?, where?, move?, source? }` with trees in place of TeX.
 */
export async function readNotes(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".toml")).sort();
  const sheets = {};
  for (const file of files) {
    sheets[file.slice(0, -".toml".length)] = sheet(`www/notes/${file}`, await readFile(join(folder, file), "utf8"));
  }
  const { [SHARED]: shared = {}, ...models } = sheets;
  return Object.fromEntries(Object.entries(models).map(([model, own]) => [model, { ...shared, ...own }]));
}

function sheet(file, text) {
  const found = {};
  const at = (path) => `${file}: ${path}`;
  const note = (path, table, deeper) => {
    const own = {};
    for (const [key, value] of Object.entries(table)) {
      if (deeper.includes(key)) notes(`${path}.${key}`, value, below[key]);
      else own[key] = field(at(`${path}.${key}`), key, value);
    }
    if (Object.keys(own).length === 0) return;
    if (!own.what) throw new Error(`${at(path)}: there is no "what"`);
    found[path] = own;
  };
  const notes = (path, tables, deeper) => {
    for (const [name, table] of Object.entries(tables)) note(`${path}.${name}`, table, deeper);
  };
  for (const [kind, tables] of Object.entries(parse(text))) {
    if (kind === "model") note(kind, tables, []);
    else if (kind in below) notes(kind, tables, below[kind]);
    else throw new Error(`${at(kind)}: there is no such part; there are model, ${Object.keys(below).join(", ")}`);
  }
  return found;
}

function field(at, key, value) {
  const list = [value].flat();
  if (list.length === 0 || list.some((part) => typeof part !== "string" || part.trim() === "")) {
    throw new Error(`${at}: must be a text that is not empty`);
  }
  if (formulas.includes(key)) return list.map((tex) => formula(at, tex, true));
  if (list.length > 1) throw new Error(`${at}: must be one text`);
  if (texts.includes(key)) return rich(at, list[0]);
  if (plain.includes(key)) return flat(list[0]).trim();
  throw new Error(`${at}: there is no such field; there are ${[...texts, ...formulas, ...plain].join(", ")}`);
}

/** Lines of the file are no lines of the text. */
const flat = (text) => text.replaceAll(/\s+/g, " ");

/** Text, formula, text … from `text $formula$ text`. */
function rich(at, text) {
  const parts = flat(text.trim()).split("$");
  if (parts.length % 2 === 0) throw new Error(`${at}: a "$" has no partner`);
  const whole = [];
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1) {
      whole.push(formula(at, part, false));
      continue;
    }
    // No line begins with the comma after a formula: it is the last of the formula.
    const [mark] = (i > 0 && /^[,.;:)’”]+/.exec(part)) || [""];
    if (mark) whole.at(-1).push(["mtext", 0, mark]);
    whole.push(part.slice(mark.length));
  }
  return whole.filter((part) => part !== "");
}

/** `\now{units}` is a number that the page fills in; what may stand there, src/ui/notes/note.ts says. */
export function formula(at, tex, display) {
  const source = tex.replaceAll(/\\now\{([^}]*)\}/g, (_, key) => `\\data{now=${key}}{0}`);
  try {
    const markup = temml.renderToString(source, { displayMode: display, trust: true, xml: true, throwOnError: true });
    return tree(markup);
  } catch (error) {
    throw new Error(`${at}: ${error.message}`);
  }
}

/** Markup as data: a text, or `[element, attributes or 0, ...children]`. */
function tree(markup) {
  const open = [["", 0]];
  for (const [, closing, name, rest, empty, text] of markup.matchAll(/<(\/?)(\w+)((?:\s[^>]*?)?)(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1);
    if (text !== undefined) parent.push(plainly(text));
    else if (closing) open.pop();
    else {
      if (!elements.test(name)) throw new Error(`<${name}> is not among the elements that the page knows`);
      const element = [name, named(rest)];
      parent.push(element);
      if (!empty) open.push(element);
    }
  }
  return slim(open[0][2]);
}

function named(markup) {
  const list = {};
  for (const [, name, value] of markup.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (attributes.test(name)) list[name] = plainly(value);
    else if (!unused.test(name)) throw new Error(`${name}="${value}" is not among the attributes that the page knows`);
  }
  return Object.keys(list).length > 0 ? list : 0;
}

const signs = { lt: "<", gt: ">", amp: "&", quot: '"' };
const plainly = (text) => text.replaceAll(/&(lt|gt|amp|quot);/g, (_, name) => signs[name]);

/** A row of one needs no row around it. */
function slim(node) {
  if (typeof node === "string") return node;
  const [name, attrs, ...children] = node;
  const inside = children.map(slim);
  if (name === "mrow" && attrs === 0 && inside.length === 1) return inside[0];
  return [name, attrs, ...inside];
}

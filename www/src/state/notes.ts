/** Notes on the parts of a machine: a file a model, fetched when the first of them is asked for. */

/** A part of a formula: text, or an element of MathML with its attributes and what is in it. */
export type MathNode = string | MathElement;
export type MathElement = [tag: string, attributes: Record<string, string> | 0, ...children: MathNode[]];

/** Text with formulas in it. */
export type Prose = MathNode[];

/** What www/tools/notes.mjs makes of a note. */
export interface Note {
  /** The machine's label, if there is none. */
  title?: string;
  what: Prose;
  formula?: MathElement[];
  /** The formula with present numbers, which are elements with `data-now`. */
  here?: MathElement[];
  where?: Prose;
  move?: Prose;
  source?: string;
}

/** By the path of the part in the machine's description, e.g. "controls.rule.options.hebb". */
export type Sheet = Readonly<Record<string, Note>>;

const sheets = new Map<string, Promise<Sheet>>();

/** Whether this page has notes at all: one that must do without other files has none. */
export const hasNotes = Object.keys(ENGRAM_NOTES).length > 0;

/** What could not be fetched is asked for again next time. */
export function loadNotes(model: string): Promise<Sheet> {
  const known = sheets.get(model);
  if (known) return known;
  const coming = fetchSheet(ENGRAM_NOTES[model] ?? "");
  sheets.set(model, coming);
  coming.catch(() => sheets.delete(model));
  return coming;
}

async function fetchSheet(file: string): Promise<Sheet> {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

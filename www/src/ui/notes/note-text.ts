/** What a note looks like: text, formulas as MathML, and the present numbers in them. */
import type { Frame, SessionInfo, Value } from "../../engine/types";
import { figure } from "../../figures";
import * as words from "../../messages";
import type { MathElement, MathNode, Note, Prose } from "../../state/notes";
import { attribute, h, setText } from "../kit/dom";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** `title` is empty where what the note is about stands beside it. */
export function noteText(path: string, title: string, note: Note): HTMLElement {
  const heading = note.title ?? title;
  return h(
    "div",
    { class: "note-text" },
    heading ? h("p", { class: "note-title", text: heading }) : null,
    prose("", note.what),
    ...formulas(note.formula),
    ...(note.here ? [h("div", { class: "note-here" }, lead(words.notes.here), ...formulas(note.here))] : []),
    note.where ? prose("note-where", note.where, words.notes.where) : null,
    note.move ? prose("note-move", note.move, words.notes.consequence[kindOf(path)]) : null,
    note.source ? prose("note-source", [note.source], words.notes.source) : null,
  );
}

function kindOf(path: string): keyof typeof words.notes.consequence {
  if (path === "model") return "model";
  if (path.includes(".options.")) return "option";
  if (/^(observables|layers)\./.test(path)) return "measure";
  return path.startsWith("controls.") || path.includes(".args.") ? "setting" : "action";
}

const lead = (text: string) => h("b", { class: "note-lead", text });

function prose(kind: string, parts: Prose, name = ""): HTMLElement {
  return h("p", { class: kind }, name ? lead(name) : null, name ? " " : null, ...parts.map(mathOf));
}

/** Each scrolls by itself where it is wider than its place. */
function formulas(list: readonly MathElement[] = []): HTMLElement[] {
  return list.map((formula) => scrolling("formula", "Width", mathOf(formula)));
}

/** A box that can be reached by keyboard while it has more in it than it shows. */
export function scrolling(kind: string, side: "Width" | "Height", ...content: Node[]): HTMLElement {
  const box = h("div", { class: kind }, ...content);
  const follow = () => attribute(box, "tabindex", box[`scroll${side}`] > box[`client${side}`] ? 0 : null);
  const sizes = new ResizeObserver(follow);
  // Numbers that are filled in later make what is in it wider, not the box.
  for (const element of [box, ...box.children]) sizes.observe(element);
  return box;
}

/** A formula, or a part of one, as elements. */
export function mathOf(node: MathNode): Node {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  const element = document.createElementNS(MATHML, tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.map(mathOf));
  return element;
}

/** Writes present numbers into the formulas; `values` are those of arguments beside the machine's settings. */
export function fillNumbers(
  root: HTMLElement,
  info: SessionInfo,
  frame: Frame | null,
  values: Readonly<Record<string, Value>>,
): void {
  for (const element of root.querySelectorAll("[data-now]")) {
    const number = present(element.getAttribute("data-now") ?? "", info, frame, values);
    setText(element, typeof number === "number" ? figure(number, 4) : "–");
  }
}

function present(
  key: string,
  info: SessionInfo,
  frame: Frame | null,
  values: Readonly<Record<string, Value>>,
): Value | undefined {
  const { width, height, memories, seed, description } = info;
  const [kind = "", of = ""] = key.split(":");
  if (kind === "value") return values[of] ?? info.values[of];
  if (kind === "observable") {
    const scalars = description.observables.filter(({ shape }) => shape === "scalar");
    return frame?.scalars[scalars.findIndex(({ key }) => key === of)];
  }
  const known: Record<string, number> = { units: width * height, width, height, memories: memories.length, seed };
  return known[kind];
}

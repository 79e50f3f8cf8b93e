/**
 * Notes on the parts of the machine, where the parts are: a small button that unfolds what is known of one, and folds it
 * again. Of the notes of one place at most one is open.
 */
import type { Control, Value } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import { hasNotes, loadNotes, type Sheet } from "../../state/notes";
import type { Session } from "../../state/session";
import { iconButton, wordButton } from "../kit/buttons";
import { freshId, h } from "../kit/dom";
import { icon } from "../kit/icons";
import { laterStyles } from "../kit/later";
import { fillNumbers, noteText, scrolling } from "./note-text";

/** In the drawer and in a dialog a note lies below its part; on the page it lies beside it, over what is there. */
export type NotePlace = "drawer" | "dialog" | "page";

/** One note under another: where it is in the machine's description, and its heading if it needs one. */
export interface NotePart {
  path: string;
  title: string;
}

export interface NoteSubject {
  /** What it is about, as in "About learning rule". */
  label: string;
  parts: () => readonly NotePart[];
  /** Values of arguments, which are not settings of the machine. */
  values?: () => Readonly<Record<string, Value>>;
}

export interface NoteFold {
  button: HTMLButtonElement;
  panel: HTMLElement;
}

interface OpenNote {
  panel: HTMLElement;
  /** None if it cannot be folded. */
  button: HTMLButtonElement | null;
  subject: NoteSubject;
  place: NotePlace | "standing";
  /** What is shown; what comes late for something else is not. */
  shown: string;
  /** What is said while there is no note. */
  meanwhile: string;
}

/** The one opened last comes last. */
const open = new Set<OpenNote>();
let session: Session | null = null;

/** Tells the notes whose numbers they show; called for each description and each frame. */
export function refreshNotes(of: Session): void {
  session = of;
  for (const note of open) {
    if (!note.panel.isConnected) open.delete(note);
    else if (keyOf(note.subject) !== note.shown) void fill(note);
    else count(note);
  }
}

/**
 * A note on a setting, or on an argument of an action; before it that on the option chosen, which is what the visitor
 * sees at work. `at` is where it stands.
 */
export function controlNote(
  place: NotePlace,
  at: string,
  control: Control,
  value: () => Value | undefined,
  values?: () => Readonly<Record<string, Value>>,
): NoteFold {
  const { key, label, kind } = control;
  const parts = () => {
    const chosen = optionParts(`${at}.${key}`, kind, value());
    return [...chosen, { path: `${at}.${key}`, title: chosen.length > 0 ? capital(label) : "" }];
  };
  return foldedNote(place, { label, parts, ...(values && { values }) });
}

/** The note on the option that a choice has. */
export function optionParts(path: string, kind: Control["kind"], value: Value | undefined): NotePart[] {
  const option = kind.type === "choice" ? kind.options.find((option) => option.value === value) : undefined;
  return option ? [{ path: `${path}.options.${option.value}`, title: capital(option.label) }] : [];
}

/** A note on one part, for the page: its button, then the note itself. */
export function noteBeside(path: string, label: string): HTMLElement[] {
  const { button, panel } = foldedNote("page", { label, parts: () => [{ path, title: "" }] });
  return [button, panel];
}

/** The note on a part, open for good. Until it is there, and if it cannot be had, `meanwhile` is said. */
export function standingNote(path: string, label: string, meanwhile: string): HTMLElement {
  const panel = h("div", { class: "note standing" }, h("p", { text: meanwhile }));
  const subject = { label, parts: () => [{ path, title: "" }] };
  const note: OpenNote = { button: null, panel, subject, place: "standing", shown: "", meanwhile };
  open.add(note);
  void fill(note);
  return panel;
}

/** `text` stands on the button if it is more than the sign. */
export function foldedNote(place: NotePlace, subject: NoteSubject, text = ""): NoteFold {
  const id = freshId();
  const panel = h("div", { class: `note in-${place}`, attrs: { id, hidden: true } });
  const name = words.notes.about(subject.label);
  const button = h(
    "button",
    {
      class: text ? "button note-link" : "note-button",
      attrs: { type: "button", "aria-expanded": "false", "aria-controls": id },
    },
    text ? h("span", { text }) : icon("info"),
  );
  if (!text) {
    button.setAttribute("aria-label", name);
    button.title = name;
  }
  button.hidden = !hasNotes;
  const note: OpenNote = { button, panel, subject, place, shown: "", meanwhile: "" };
  button.addEventListener("click", () => (open.has(note) ? close(note) : unfold(note)));
  return { button, panel };
}

function unfold(note: OpenNote): void {
  for (const other of open) if (other.place === note.place) close(other);
  open.add(note);
  note.panel.hidden = false;
  note.button?.setAttribute("aria-expanded", "true");
  // On a phone it lies over the lower part of the page, and what it is about is to be seen above it.
  const about = note.button?.closest(".field") ?? note.button;
  void fill(note).then(() => about?.scrollIntoView({ block: "nearest" }));
}

function close(note: OpenNote): void {
  open.delete(note);
  if (note.panel.contains(document.activeElement)) note.button?.focus({ preventScroll: true });
  note.panel.hidden = true;
  note.shown = "";
  note.button?.setAttribute("aria-expanded", "false");
}

const keyOf = ({ parts }: NoteSubject): string =>
  parts()
    .map(({ path }) => path)
    .join(" ");

async function fill(note: OpenNote): Promise<void> {
  const key = keyOf(note.subject);
  note.shown = key;
  if (note.panel.childElementCount === 0) put(note, [h("p", { class: "note-wait", text: words.notes.wait })]);
  let sheet: Sheet | null = null;
  try {
    [sheet] = await Promise.all([loadNotes(session?.info?.description.model ?? ""), laterStyles()]);
  } catch {
    // What to do about it is said in place of the note.
  }
  if (note.shown !== key) return;
  put(note, sheet ? texts(note.subject, sheet) : [failure(note)]);
  count(note);
}

function texts({ parts }: NoteSubject, sheet: Sheet): HTMLElement[] {
  const found = parts().flatMap(({ path, title }) => {
    const note = sheet[path];
    return note ? [noteText(path, title, note)] : [];
  });
  return found.length > 0 ? found : [h("p", { text: words.notes.none })];
}

function failure(note: OpenNote): HTMLElement {
  return h(
    "div",
    { class: "note-failed", attrs: { role: "alert" } },
    note.meanwhile ? h("p", { text: note.meanwhile }) : null,
    h("p", { text: words.notes.failed }),
    wordButton(words.notes.again, () => {
      note.button?.focus();
      void fill(note);
    }),
  );
}

function put(note: OpenNote, content: HTMLElement[]): void {
  if (note.place === "page") {
    const shut = iconButton("close", words.notes.close, () => close(note), "quiet small");
    const head = h(
      "div",
      { class: "note-head" },
      h("p", { class: "note-title", text: capital(note.subject.label) }),
      shut,
    );
    note.panel.replaceChildren(head, scrolling("note-body", "Height", ...content));
    lay(note);
  } else {
    note.panel.replaceChildren(...content);
  }
}

function count({ panel, subject }: OpenNote): void {
  if (session?.info) fillNumbers(panel, session.info, session.frame, subject.values?.() ?? {});
}

/** A note that lies over the page keeps off its edges, and goes above its button if there is less room below. In pixels. */
const MARGIN = 24;
const ENOUGH = 280;
const GAP = 6;

/** Under its button, or above where there is more room. On a phone the style sheet lays it along the lower edge. */
function lay({ button, panel }: OpenNote): void {
  if (!button) return;
  const { left, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const [over, under] = [top - MARGIN, clientHeight - bottom - MARGIN];
  const below = under >= ENOUGH || under >= over;
  const { style } = panel;
  style.setProperty("--left", `${Math.max(MARGIN, Math.min(left, clientWidth - panel.offsetWidth - MARGIN))}px`);
  style.setProperty("--top", below ? `${bottom + GAP}px` : "auto");
  style.setProperty("--bottom", below ? "auto" : `${clientHeight - top + GAP}px`);
  style.setProperty("--room", `${(below ? under : over) - GAP}px`);
}

function layAgain(): void {
  for (const note of open) if (note.place === "page") lay(note);
}
addEventListener("resize", layAgain);
addEventListener("scroll", layAgain, { capture: true, passive: true });

/** Escape folds the note opened last, before it closes what the note is in; a dialog keeps its own Escape. */
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const last = [...open].filter(({ panel }) => panel.getClientRects().length > 0).at(-1);
    if (!last) return;
    event.stopPropagation();
    event.preventDefault();
    close(last);
  },
  { capture: true },
);

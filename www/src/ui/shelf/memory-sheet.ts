/** One memory close to: the picture, its name, and what the machine lets be done with it. */
import { cellsOf } from "../../cells";
import type { Control, Value } from "../../engine/types";
import * as words from "../../messages";
import { settled } from "../../state/latest";
import { type Session, SLIDER_RESTS } from "../../state/session";
import type { Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
import { field } from "../controls/field";
import { wordButton } from "../kit/buttons";
import { openDialog } from "../kit/dialog";
import { freshId, h, setText } from "../kit/dom";

export interface SheetWays {
  theme: Theme;
  forget(memory: number): void;
  move(memory: number, to: number): void;
}

/** `rename` goes straight to the name. */
export function openMemory(session: Session, index: number, ways: SheetWays, rename: boolean): void {
  const memory = session.info?.memories[index];
  if (!memory) return;
  /** Its place, which the sheet itself can change. */
  const place: Place = { at: index };
  const picture = h("canvas", { class: "memory-picture", attrs: { role: "img", "aria-label": memory.name } });
  drawThumbnail(picture, { ...memory, cells: cellsOf(memory) }, ways.theme);
  const pick = (spoiled: boolean) => {
    dialog.close();
    void session.pick(place.at, spoiled);
  };
  const parts: HTMLElement[] = [
    h(
      "div",
      { class: "button-row" },
      wordButton(words.shelf.asStored, () => pick(false), "main"),
      wordButton(words.shelf.spoilAndRun, () => pick(true)),
    ),
    h("p", { class: "field-help", text: words.shelf.asStoredHelp }),
  ];
  const name = session.has("rename") ? nameField(session, place, memory.name) : null;
  if (name) parts.push(name.element);
  if (session.has("importance")) parts.push(importanceRow(session, place, memory.importance));
  if (session.has("move")) parts.push(orderRow(session, place, ways));
  if (session.has("forget")) {
    const forget = () => {
      dialog.close();
      ways.forget(place.at);
    };
    parts.push(h("div", { class: "button-row memory-foot" }, wordButton(words.shelf.forgetThis, forget)));
  }
  const dialog = openDialog(memory.name, "memory", picture, h("div", {}, ...parts));
  if (rename && name) name.input.select();
}

interface Place {
  at: number;
}

function nameField(session: Session, place: Place, name: string): { element: HTMLElement; input: HTMLInputElement } {
  const id = freshId();
  const input = h("input", { attrs: { id, type: "text", maxlength: 40, autocomplete: "off" } });
  input.value = name;
  const save = () => {
    const next = input.value.trim();
    if (next !== "" && next !== name) void session.act("rename", { memory: place.at, name: next });
    input.closest("dialog")?.close();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    // Or the same key presses the button that has the focus once this is closed.
    event.preventDefault();
    save();
  });
  const element = h(
    "div",
    { class: "field" },
    h("label", { class: "field-name", text: words.shelf.rename, attrs: { for: id } }),
    h("div", { class: "link-row" }, input, wordButton(words.shelf.save, save)),
  );
  return { element, input };
}

/** One place earlier or later on the shelf, as often as one likes. */
function orderRow(session: Session, place: Place, ways: SheetWays): HTMLElement {
  const all = session.info?.memories.length ?? 0;
  const go = (by: number) => {
    ways.move(place.at, place.at + by);
    place.at += by;
    tell();
  };
  const earlier = wordButton(words.shelf.earlier, () => go(-1));
  const later = wordButton(words.shelf.later, () => go(1));
  const said = h("span", { class: "figures", attrs: { role: "status" } });
  const tell = () => {
    earlier.disabled = place.at === 0;
    later.disabled = place.at === all - 1;
    setText(said, words.shelf.place(place.at + 1, all));
  };
  tell();
  return h(
    "div",
    { class: "field" },
    h("span", { class: "field-name", text: words.shelf.order }),
    h("div", { class: "button-row order-row" }, earlier, later, said),
  );
}

/** Where the machine says nothing of how important a memory may be, only that it may: the spec's own bounds. */
const importance: Control = {
  key: "value",
  label: words.shelf.importance,
  symbol: "",
  unit: "",
  help: words.shelf.importanceHelp,
  group: "",
  kind: { type: "number", min: -100, max: 100, step: 0.1, scale: "linear", default: 1, percent: false },
  when: [],
};

function importanceRow(session: Session, place: Place, value: number): HTMLElement {
  const control = session.action("importance")?.args.find(({ key }) => key === importance.key) ?? importance;
  const set = settled<Value>(SLIDER_RESTS, (value) => void session.act("importance", { memory: place.at, value }));
  const part = field(control, set);
  part.set(value);
  return part.element;
}

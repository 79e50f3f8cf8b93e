/** One memory close to: the picture, its name, and what the machine lets be done with it. */
import type { Control, Value } from "../engine/types";
import { words } from "../messages";
import { settled } from "../state/latest";
import { type Session, SLIDER_RESTS } from "../state/session";
import type { Theme } from "../views/theme";
import { drawThumbnail } from "../views/thumbnail";
import { wordButton } from "./buttons";
import { openDialog } from "./dialog";
import { freshId, h } from "./dom";
import { field } from "./field";

export function openMemory(session: Session, index: number, theme: Theme): void {
  const memory = session.info?.memories[index];
  if (!memory) return;
  const picture = h("canvas", { class: "memory-picture", attrs: { role: "img", "aria-label": memory.name } });
  drawThumbnail(picture, memory, theme);
  const pick = (spoiled: boolean) => {
    dialog.close();
    void session.pick(index, spoiled);
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
  if (session.has("rename")) parts.push(renameRow(session, index, memory.name));
  if (session.has("importance")) parts.push(importanceRow(session, index, memory.importance));
  const dialog = openDialog(memory.name, "memory", picture, h("div", {}, ...parts));
}

function renameRow(session: Session, index: number, name: string): HTMLElement {
  const id = freshId();
  const input = h("input", { attrs: { id, type: "text", maxlength: 40, autocomplete: "off" } });
  input.value = name;
  const save = () => {
    const next = input.value.trim();
    if (next !== "" && next !== name) void session.act("rename", { memory: index, name: next });
    input.closest("dialog")?.close();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") save();
  });
  return h(
    "div",
    { class: "field" },
    h("label", { class: "field-name", text: words.shelf.rename, attrs: { for: id } }),
    h("div", { class: "link-row" }, input, wordButton(words.shelf.save, save)),
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

function importanceRow(session: Session, index: number, value: number): HTMLElement {
  const control = session.action("importance")?.args.find(({ key }) => key === importance.key) ?? importance;
  const set = settled<Value>(SLIDER_RESTS, (value) => void session.act("importance", { memory: index, value }));
  const part = field(control, set);
  part.set(value);
  return part.element;
}

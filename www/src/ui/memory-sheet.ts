/** One memory close to: the picture, its name, and what the machine lets be done with it. */
import type { Value } from "../engine/types";
import { words } from "../messages";
import type { Session } from "../state/session";
import type { Theme } from "../views/theme";
import { drawThumbnail } from "../views/thumbnail";
import { wordButton } from "./buttons";
import { openDialog } from "./dialog";
import { freshId, h } from "./dom";
import { fieldSet } from "./field";

/** Actions on memories that need no drawing here: they have their own place on the page. */
const ELSEWHERE: ReadonlySet<string> = new Set(["store", "forget", "rename"]);

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
  for (const { key, label, help, args } of session.info?.description.actions ?? []) {
    const mine = args.some((arg) => arg.key === "memory");
    if (!mine || ELSEWHERE.has(key) || key === "cue") continue;
    let values: Record<string, Value> = Object.fromEntries(args.map(({ key, kind }) => [key, kind.default]));
    values.memory = index;
    if (key in memory && typeof values.value === "number") values.value = memory[key as "importance"];
    const rest = args.filter((arg) => arg.key !== "memory");
    const fields = fieldSet(
      rest,
      values,
      (next) => {
        values = { ...next, memory: index };
      },
      "full",
    );
    const press = () => {
      dialog.close();
      void session.act(key, values);
    };
    parts.push(
      h(
        "div",
        { class: "action" },
        ...fields.map(({ element }) => element),
        h("p", { class: "field-help", text: help }),
        wordButton(label, press),
      ),
    );
  }
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

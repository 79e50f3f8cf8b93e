/**
 * The experiments of the page in groups, with a box to find one by words, buttons for what they are about, and a place
 * to paste one from elsewhere.
 */
import { capital } from "../../figures";
import * as words from "../../messages";
import type { Preset } from "../../state/presets";
import { wordButton } from "../kit/buttons";
import { openDialog } from "../kit/dialog";
import { attribute, freshId, h, setText } from "../kit/dom";

/** A list as short as this is seen at a glance. */
const FEW = 12;

interface Option {
  element: HTMLElement;
  preset: Preset;
  /** What it is found by, in small letters. */
  text: string;
}

interface Group {
  element: HTMLElement;
  options: Option[];
}

export interface Picks {
  open(preset: Preset): void;
  paste(text: string): void;
}

/** `recent` is what the visitor made before, above the list. */
export function openPicker(
  presets: readonly Preset[],
  current: string,
  recent: HTMLElement | null,
  picks: Picks,
): void {
  const choose = ({ preset }: Option) => {
    dialog.close();
    picks.open(preset);
  };
  const groups = groupsOf(presets, current, choose);
  const list = h(
    "div",
    { class: "presets", attrs: { role: "listbox", "aria-label": words.picker.title } },
    ...groups.map(({ element }) => element),
  );
  const shown = () => groups.flatMap(({ options }) => options).filter(({ element }) => !element.hidden);
  const finder = presets.length > FEW ? finderOf(groups, shown, choose) : null;
  list.addEventListener("keydown", (event) => {
    const options = shown();
    const here = options.findIndex(({ element }) => element === document.activeElement);
    const to: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: options.length - 1 };
    const target = options[to[event.key] ?? -1];
    const chosen = options[here];
    if (target) target.element.focus();
    else if (event.key === "ArrowUp" && finder) finder.field.focus();
    else if ((event.key === "Enter" || event.key === " ") && chosen) choose(chosen);
    // Whoever begins to type means to find something.
    else if (finder && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      finder.field.focus();
      return;
    } else return;
    event.preventDefault();
  });

  const parts = [finder?.element, recent, list, pasteOf(picks, () => dialog.close())];
  const dialog = openDialog(words.picker.title, "picker", ...parts.filter((part) => part != null));
  const first = shown().find(({ preset }) => preset.title === current) ?? shown()[0];
  if (first) {
    first.element.tabIndex = 0;
    first.element.focus();
  }
}

/** By first tag, in the order of the list. */
function groupsOf(presets: readonly Preset[], current: string, choose: (option: Option) => void): Group[] {
  const byTag = new Map<string, Preset[]>();
  for (const preset of presets) {
    const tag = preset.tags[0] ?? words.picker.others;
    byTag.set(tag, [...(byTag.get(tag) ?? []), preset]);
  }
  return [...byTag].map(([tag, presets]) => {
    const id = freshId();
    const options = presets.map((preset) => optionOf(preset, preset.title === current, choose));
    const element = h(
      "div",
      { class: "preset-group", attrs: { role: "group", "aria-labelledby": id } },
      h("div", { class: "preset-tag", text: capital(tag), attrs: { id, "aria-hidden": "true" } }),
      ...options.map(({ element }) => element),
    );
    return { element, options };
  });
}

function optionOf(preset: Preset, current: boolean, choose: (option: Option) => void): Option {
  const { name, title, text, tags } = preset;
  const attrs = { role: "option", tabindex: -1, "aria-selected": String(current), "data-preset": name };
  const element = h(
    "div",
    { class: "preset", attrs },
    h("span", { class: "preset-title", text: title }),
    current ? h("span", { class: "preset-now", text: words.picker.current }) : null,
    h("span", { class: "preset-text", text }),
  );
  const option = { element, preset, text: [title, text, ...tags].join(" ").toLowerCase() };
  element.addEventListener("click", () => choose(option));
  return option;
}

function finderOf(groups: readonly Group[], shown: () => Option[], choose: (option: Option) => void) {
  const found = h("p", { class: "found", attrs: { role: "status" } });
  const field = h("input", {
    attrs: {
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": words.picker.filter,
      placeholder: words.picker.filterHint,
    },
  });
  let tag: string | null = null;
  const find = () => {
    const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, options } of groups) {
      for (const { element, text, preset } of options) {
        const about = tag === null || preset.tags.includes(tag);
        element.hidden = !(about && asked.every((word) => text.includes(word)));
      }
      element.hidden = options.every((option) => option.element.hidden);
    }
    const options = shown();
    // One of those that are shown is always the way in by Tab.
    const door = options.find(({ element }) => element.tabIndex === 0) ?? options[0];
    for (const { options } of groups) for (const { element } of options) element.tabIndex = -1;
    if (door) door.element.tabIndex = 0;
    setText(found, asked.length > 0 || tag !== null ? words.picker.found(options.length) : "");
  };
  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    const [first] = shown();
    if (!first) return;
    if (event.key === "ArrowDown") first.element.focus();
    else if (event.key === "Enter" && field.value.trim() !== "") choose(first);
    else return;
    event.preventDefault();
  });
  // Each is one of the others' second words too: what is pressed shows all that are about it.
  const tags = [...new Set(groups.flatMap(({ options }) => options.flatMap(({ preset }) => preset.tags)))];
  const buttons = tags.map((name) => {
    const button = wordButton(capital(name), () => {
      tag = tag === name ? null : name;
      for (const { name, button } of buttons) attribute(button, "aria-pressed", String(name === tag));
      find();
    });
    attribute(button, "aria-pressed", "false");
    return { name, button };
  });
  const row = h(
    "div",
    { class: "tags", attrs: { role: "group", "aria-label": words.picker.tags } },
    ...buttons.map(({ button }) => button),
  );
  return { field, element: h("div", { class: "finder" }, field, found, row) };
}

function pasteOf({ paste }: Picks, close: () => void): HTMLElement {
  const text = h("textarea", {
    attrs: { rows: 3, spellcheck: "false", "aria-label": words.picker.paste, placeholder: words.picker.pasteHelp },
  });
  const open = wordButton(words.picker.open, () => {
    if (text.value.trim() === "") return;
    close();
    paste(text.value.trim());
  });
  return h("details", { class: "paste" }, h("summary", { text: words.picker.paste }), text, open);
}

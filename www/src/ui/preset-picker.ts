/** The experiments of the page in groups, and a place to paste one from elsewhere. */
import { capital } from "../figures";
import { words } from "../messages";
import type { Preset } from "../state/presets";
import { wordButton } from "./buttons";
import { openDialog } from "./dialog";
import { freshId, h } from "./dom";

export function openPicker(
  presets: readonly Preset[],
  current: string,
  open: (preset: Preset) => void,
  paste: (text: string) => void,
  /** What the visitor made before. */
  recent: HTMLElement | null,
): void {
  const options: { element: HTMLElement; preset: Preset }[] = [];
  const list = h("div", { class: "presets", attrs: { role: "listbox", "aria-label": words.picker.title } });
  for (const [tag, group] of groups(presets)) {
    const id = freshId();
    const parts = group.map((preset) => {
      const element = h(
        "div",
        {
          class: "preset",
          attrs: {
            role: "option",
            tabindex: -1,
            "aria-selected": String(preset.title === current),
            "data-preset": preset.name,
          },
          on: { click: () => choose(preset) },
        },
        h("span", { class: "preset-title", text: preset.title }),
        h("span", { class: "preset-text", text: preset.text }),
      );
      options.push({ element, preset });
      return element;
    });
    list.append(
      h(
        "div",
        { attrs: { role: "group", "aria-labelledby": id } },
        h("div", { class: "preset-tag", text: capital(tag), attrs: { id, "aria-hidden": "true" } }),
        ...parts,
      ),
    );
  }
  list.addEventListener("keydown", (event) => {
    const here = options.findIndex(({ element }) => element === document.activeElement);
    const to: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: options.length - 1 };
    const target = options[to[event.key] ?? -1];
    const chosen = options[here];
    if (target) target.element.focus();
    else if ((event.key === "Enter" || event.key === " ") && chosen) choose(chosen.preset);
    else return;
    event.preventDefault();
  });

  const text = h("textarea", {
    attrs: { rows: 3, spellcheck: "false", "aria-label": words.picker.paste, placeholder: words.picker.pasteHelp },
  });
  const own = h(
    "details",
    { class: "paste" },
    h("summary", { text: words.picker.paste }),
    text,
    wordButton(words.picker.open, () => {
      if (text.value.trim() === "") return;
      dialog.close();
      paste(text.value.trim());
    }),
  );
  const dialog = openDialog(words.picker.title, "picker", ...(recent ? [recent] : []), list, own);
  const choose = (preset: Preset) => {
    dialog.close();
    open(preset);
  };
  const first = options.find(({ preset }) => preset.title === current) ?? options[0];
  if (first) {
    first.element.tabIndex = 0;
    first.element.focus();
  }
}

/** By first tag, in the order of the list. */
function groups(presets: readonly Preset[]): Map<string, Preset[]> {
  const found = new Map<string, Preset[]>();
  for (const preset of presets) {
    const tag = preset.tags[0] ?? words.picker.others;
    found.set(tag, [...(found.get(tag) ?? []), preset]);
  }
  return found;
}

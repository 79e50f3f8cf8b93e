/** The networks there are, each with a sentence, to go on with the same experiment in another one. */
import type { ModelInfo } from "../../engine/types";
import { capital, sentence } from "../../figures";
import * as words from "../../messages/later";
import { openDialog } from "../kit/dialog";
import { h } from "../kit/dom";

export function openModels(models: readonly ModelInfo[], current: string, open: (model: ModelInfo) => void): void {
  const options = models.map((model) => optionOf(model, model.name === current));
  const list = h(
    "div",
    { class: "presets models", attrs: { role: "listbox", "aria-label": words.models.title } },
    ...options,
  );
  const choose = (at: number) => {
    const model = models[at];
    dialog.close();
    if (model && model.name !== current) open(model);
  };
  for (const [at, element] of options.entries()) element.addEventListener("click", () => choose(at));
  list.addEventListener("keydown", (event) => {
    const here = options.indexOf(document.activeElement as HTMLElement);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(options.length - 1, here + 1),
      ArrowUp: Math.max(0, here - 1),
      Home: 0,
      End: options.length - 1,
    };
    const target = options[to[event.key] ?? -1];
    if (target) target.focus();
    else if ((event.key === "Enter" || event.key === " ") && here >= 0) choose(here);
    else return;
    event.preventDefault();
  });
  const text = h("p", { class: "field-help", text: words.models.text });
  const dialog = openDialog(words.models.title, "picker", text, list);
  const first = options.find((_, at) => models[at]?.name === current) ?? options[0];
  if (first) {
    first.tabIndex = 0;
    first.focus();
  }
}

function optionOf({ name, label, summary }: ModelInfo, current: boolean): HTMLElement {
  return h(
    "div",
    {
      class: "preset",
      attrs: { role: "option", tabindex: -1, "aria-selected": String(current), "data-model": name },
    },
    h("span", { class: "preset-title", text: capital(label) }),
    current ? h("span", { class: "preset-now", text: words.models.current }) : null,
    h("span", { class: "preset-text", text: sentence(summary) }),
  );
}

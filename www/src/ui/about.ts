/** What this experiment is, in its own words and its machine's. */
import type { SessionInfo } from "../engine/types";
import { words } from "../messages";
import { openDialog } from "./dialog";
import { h } from "./dom";
import { STEP_KEYS } from "./transport";

export function openAbout({ title, text, description }: SessionInfo): void {
  const { about } = words;
  const steps = description.steps.flatMap(({ label }, place) => {
    const key = STEP_KEYS[place];
    return key === undefined ? [] : [[key, label] as const];
  });
  openDialog(
    title || words.page.ownExperiment,
    "about",
    ...(text ? [h("p", { class: "lead", text })] : []),
    h("h3", { text: description.label }),
    h("p", { text: description.summary }),
    h("h3", { text: about.reading }),
    h("ul", {}, ...about.legend.map((line) => h("li", { text: line }))),
    h("h3", { text: about.keys }),
    h(
      "dl",
      { class: "keys" },
      ...[...steps, ...about.keyList].flatMap(([key, what]) => [
        h("dt", {}, h("kbd", { text: key })),
        h("dd", { text: what }),
      ]),
    ),
    h("p", { class: "field-help", text: about.private }),
  );
}

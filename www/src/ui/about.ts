/** What this experiment is, in its own words and its machine's. */
import type { SessionInfo } from "../engine/types";
import { words } from "../messages";
import { wordButton } from "./buttons";
import { openDialog } from "./dialog";
import { h } from "./dom";

/** `keys` opens the sheet of keys. */
export function openAbout({ title, text, description }: SessionInfo, keys: () => void): void {
  const { about } = words;
  openDialog(
    title || words.page.ownExperiment,
    "about",
    ...(text ? [h("p", { class: "lead", text })] : []),
    h("h3", { text: description.label }),
    h("p", { text: description.summary }),
    h("h3", { text: about.reading }),
    h("ul", {}, ...about.legend.map((line) => h("li", { text: line }))),
    wordButton(about.keys, keys),
    h("p", { class: "field-help", text: about.private }),
  );
}

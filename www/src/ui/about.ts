/** What this experiment and its machine are: in their own words, with formula and source, and all they can be set to. */
import type { Control, Description, SessionInfo } from "../engine/types";
import { capital } from "../figures";
import * as words from "../messages";
import * as laterWords from "../messages/later";
import { wordButton } from "./kit/buttons";
import { openDialog } from "./kit/dialog";
import { h } from "./kit/dom";
import { foldedNote, standingNote } from "./notes/note";

/** `keys` opens the sheet of keys. */
export function openAbout({ title, text, description }: SessionInfo, keys: () => void): void {
  const about = laterWords.about;
  openDialog(
    title || words.page.ownExperiment,
    "about",
    ...(text ? [h("p", { class: "lead", text })] : []),
    h("h3", { text: description.label }),
    standingNote("model", description.label, description.summary),
    h("h3", { text: about.reading }),
    h("ul", {}, ...about.legend.map((line) => h("li", { text: line }))),
    ...choices(description),
    wordButton(about.keys, keys),
    h("p", { class: "field-help", text: about.private }),
  );
}

/** Every rule and every kind that can be chosen, each with its note. */
function choices({ controls, actions }: Description): HTMLElement[] {
  const own = controls.map((control) => choice("controls", control, control.label));
  // What an argument needs others for is a detail of theirs.
  const kinds = actions.flatMap(({ key, label, args }) =>
    args
      .filter(({ when }) => when.length === 0)
      .map((arg) => choice(`actions.${key}.args`, arg, laterWords.about.kindOf(label, arg.label))),
  );
  const parts = [...own, ...kinds].filter((part) => part !== null);
  return parts.length > 0 ? [h("h3", { text: laterWords.about.choices }), ...parts] : [];
}

function choice(at: string, { key, kind }: Control, name: string): HTMLElement | null {
  if (kind.type !== "choice") return null;
  const notes = kind.options.map(({ value, label }) =>
    foldedNote(
      "dialog",
      { label, parts: () => [{ path: `${at}.${key}.options.${value}`, title: "" }] },
      capital(label),
    ),
  );
  return h(
    "div",
    { class: "choices" },
    h("p", { class: "field-name", text: capital(name) }),
    h("div", { class: "choice-list" }, ...notes.map(({ button }) => button)),
    ...notes.map(({ panel }) => panel),
  );
}

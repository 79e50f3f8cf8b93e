/** In place of the picture when there is none to show: what is wrong, in plain words, and the visitor's text, whole. */
import * as words from "../messages";
import { wordButton } from "./kit/buttons";
import { copyButton } from "./kit/copy-button";
import { freshId, h } from "./kit/dom";

export interface Problem {
  title: string;
  plain: string;
  /** The engine's own words, if they add something. */
  detail?: string;
  /** What the visitor opened or was working on. */
  text?: string;
  /** Buttons, or what stands in their place. */
  ways: { label: string; press(): void; main?: boolean }[] | HTMLElement;
}

export class ProblemPanel {
  constructor(
    private readonly root: HTMLElement,
    private readonly lab: HTMLElement,
  ) {}

  show({ title, plain, detail, text, ways }: Problem): void {
    const heading = h("h2", { text: title, attrs: { tabindex: -1 } });
    const body = h("div", { class: "problem-body" }, heading, h("p", { class: "problem-plain", text: plain }));
    if (detail && detail !== plain)
      body.append(h("p", { class: "problem-detail" }, `${words.problem.detail}: ${detail}`));
    const row = (all: Exclude<Problem["ways"], HTMLElement>) =>
      h(
        "div",
        { class: "button-row" },
        ...all.map(({ label, press, main }) => wordButton(label, press, main ? "main" : "")),
      );
    body.append(Array.isArray(ways) ? row(ways) : ways);
    if (text) {
      const field = h("textarea", {
        class: "figures",
        attrs: { readonly: true, rows: 6, spellcheck: "false", id: freshId() },
      });
      field.value = text;
      body.append(
        h("label", { class: "field-name", text: words.problem.yours, attrs: { for: field.id } }),
        field,
        h("div", { class: "button-row" }, copyButton(field, "copy-text")),
      );
    }
    this.root.replaceChildren(body);
    this.root.hidden = false;
    this.lab.hidden = true;
    // A frame in another page takes no focus that is not there.
    if (document.hasFocus()) heading.focus();
  }

  hide(): void {
    this.root.hidden = true;
    this.lab.hidden = false;
  }

  get open(): boolean {
    return !this.root.hidden;
  }
}

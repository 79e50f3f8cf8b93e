/** Memories from typed letters, as the engine draws them at the size of the grid. */
import type { Picture } from "../../engine/types";
import * as laterWords from "../../messages/later";
import { latest } from "../../state/latest";
import { messageOf } from "../../state/questions";
import { freshId, h, setText } from "../kit/dom";
import { type Candidate, candidate, type Way } from "./candidate";
import type { AddHost } from "./host";

export class Letters implements Way {
  candidates: readonly Candidate[] = [];
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly help = h("p", { class: "field-help", attrs: { id: freshId(), "aria-live": "polite" } });
  private readonly known = new Map<string, Candidate>();
  private readonly draw = latest((text: string) => this.fetch(text));

  constructor(
    private readonly host: AddHost,
    private readonly changed: () => void,
  ) {
    const id = freshId();
    this.field = h("input", {
      attrs: {
        id,
        type: "text",
        autocomplete: "off",
        autocapitalize: "characters",
        spellcheck: "false",
        maxlength: 100,
        "aria-describedby": this.help.id,
      },
      on: { input: () => this.draw(this.field.value) },
    });
    setText(this.help, laterWords.add.lettersHelp);
    this.element = h(
      "div",
      { class: "way" },
      h("label", { class: "field-name", text: laterWords.add.letters, attrs: { for: id } }),
      this.field,
      this.help,
    );
  }

  size(): [number, number] {
    return this.host.grid();
  }

  enter(): void {
    this.field.focus();
  }

  stop(): void {}

  private async fetch(text: string): Promise<void> {
    const [width, height] = this.size();
    let found: Picture[] = [];
    let refused = "";
    try {
      if (text.trim() !== "") found = await this.host.session.questions.pictures({ letters: text }, width, height);
    } catch (error) {
      refused = messageOf(error);
    }
    setText(this.help, refused || laterWords.add.lettersHelp);
    this.help.classList.toggle("field-error", refused !== "");
    this.field.setAttribute("aria-invalid", String(refused !== ""));
    if (refused) return;
    // A letter that stays keeps its tile, and what was said of it.
    this.candidates = found.map(({ name, bits }) => {
      const kept = this.known.get(name) ?? candidate(name, bits);
      this.known.set(name, kept);
      return kept;
    });
    this.changed();
  }
}

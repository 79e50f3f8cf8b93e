/** Memories by dice. */
import * as laterWords from "../../messages/later";
import { latest } from "../../state/latest";
import { messageOf } from "../../state/questions";
import { wordButton } from "../kit/buttons";
import { freshId, h, setText } from "../kit/dom";
import { type Candidate, candidate, type Way } from "./candidate";
import type { AddHost } from "./host";

const MOST = 200;

export class Random implements Way {
  candidates: readonly Candidate[] = [];
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly error = h("p", { class: "field-error", attrs: { id: freshId(), "aria-live": "polite" } });
  private seed: number | null = null;
  private readonly draw = latest((count: number) => this.fetch(count));

  constructor(
    private readonly host: AddHost,
    private readonly changed: () => void,
  ) {
    const { add } = laterWords;
    const id = freshId();
    this.field = h("input", {
      class: "number",
      attrs: { id, type: "text", inputmode: "numeric", autocomplete: "off", "aria-describedby": this.error.id },
      on: { input: () => this.read() },
    });
    this.field.value = "3";
    const again = wordButton(add.randomAgain, () => this.throwAgain(), "", "dice");
    this.element = h(
      "div",
      { class: "way" },
      h("label", { class: "field-name", text: add.randomCount, attrs: { for: id } }),
      h("div", { class: "button-row" }, this.field, again),
      this.error,
      h("p", { class: "field-help", text: add.randomHelp }),
    );
  }

  size(): [number, number] {
    return this.host.grid();
  }

  enter(): void {
    this.field.select();
    if (this.candidates.length === 0) this.read();
  }

  stop(): void {}

  private read(): void {
    const count = Number(this.field.value.trim() || Number.NaN);
    const fine = Number.isInteger(count) && count >= 1 && count <= MOST;
    setText(this.error, fine ? "" : laterWords.add.randomRange(MOST));
    this.field.setAttribute("aria-invalid", String(!fine));
    if (fine) this.draw(count);
  }

  private throwAgain(): void {
    this.seed = null;
    this.read();
  }

  private async fetch(count: number): Promise<void> {
    try {
      this.seed ??= await this.host.freshSeed();
      const [width, height] = this.size();
      const found = await this.host.session.questions.pictures({ random: { count, seed: this.seed } }, width, height);
      this.candidates = found.map(({ bits }) => candidate(laterWords.add.randomName, bits));
      this.changed();
    } catch (error) {
      setText(this.error, messageOf(error));
    }
  }
}

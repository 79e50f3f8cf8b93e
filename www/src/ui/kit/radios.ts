/** A row of buttons of which one is chosen: one stop for Tab, and arrows from one to the next. */
import { attribute, h } from "./dom";

const WAYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Radios<T> {
  readonly element: HTMLElement;
  private buttons: { value: T; button: HTMLButtonElement }[] = [];
  private chosen: T | null = null;

  constructor(
    label: string,
    kind: string,
    private readonly choose: (value: T) => void,
  ) {
    this.element = h("div", { class: kind, attrs: { role: "radiogroup", "aria-label": label } });
    this.element.addEventListener("keydown", (event) => {
      const way = WAYS[event.key];
      const at = this.buttons.findIndex(({ value }) => value === this.chosen);
      if (way === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = this.buttons[(at + way + this.buttons.length) % this.buttons.length];
      if (!next) return;
      this.choose(next.value);
      next.button.focus();
    });
  }

  /** Other values; `make` gives the button of one, without what makes it a choice. */
  offer(values: readonly T[], make: (value: T) => HTMLButtonElement): void {
    this.buttons = values.map((value) => {
      const button = make(value);
      button.setAttribute("role", "radio");
      button.addEventListener("click", () => this.choose(value));
      return { value, button };
    });
    this.element.replaceChildren(...this.buttons.map(({ button }) => button));
    this.element.hidden = values.length < 2;
  }

  show(chosen: T): void {
    this.chosen = chosen;
    for (const { value, button } of this.buttons) {
      attribute(button, "aria-checked", String(value === chosen));
      button.tabIndex = value === chosen ? 0 : -1;
    }
  }
}

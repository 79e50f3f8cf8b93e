/** The column of measures: while something else is asked about, that stands where the charts are. */
import * as words from "../../messages";
import { wordButton } from "./buttons";
import { attribute, h } from "./dom";

export class Side {
  /** Those that are open, the one in front last. */
  private open: readonly HTMLElement[] = [];
  private readonly panels: HTMLElement[] = [];

  /** `changed` hears of it when something else has come to stand there. */
  constructor(
    private readonly charts: HTMLElement,
    private readonly changed: () => void,
  ) {}

  /** A panel, closed at first. Of several that are open, the one opened last is seen. */
  add(panel: HTMLElement): void {
    panel.hidden = true;
    this.panels.push(panel);
    this.charts.after(panel);
  }

  turn(panel: HTMLElement, open: boolean): void {
    if (open === this.open.includes(panel)) return;
    this.stack(open ? [...this.open, panel] : this.without(panel));
  }

  /** Opens a panel, or brings it before those that cover it; and into sight, where the column is below the picture. */
  front(panel: HTMLElement): void {
    if (this.open.at(-1) !== panel) this.stack([...this.without(panel), panel]);
    const below = panel.getBoundingClientRect().top > innerHeight / 2;
    panel.scrollIntoView({ block: below ? "start" : "nearest" });
  }

  private without(panel: HTMLElement): HTMLElement[] {
    return this.open.filter((other) => other !== panel);
  }

  private stack(open: readonly HTMLElement[]): void {
    this.open = open;
    const front = open.at(-1);
    for (const other of this.panels) other.hidden = other !== front;
    this.charts.hidden = front !== undefined;
    this.changed();
  }
}

/** What every panel begins with: what it is, and the way back. */
export function panelHead(title: HTMLElement, close: () => void): HTMLElement {
  const back = wordButton(words.charts.title, close, "quiet back", "left");
  for (const name of ["aria-label", "title"]) attribute(back, name, words.charts.back);
  return h("div", { class: "explain-head" }, title, back);
}

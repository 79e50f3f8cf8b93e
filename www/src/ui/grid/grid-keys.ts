/** The grid by keyboard: a cursor that is walked from cell to cell, and what is done where it stands. */
import * as words from "../../messages";
import { CELL_KEYS, cellByKey } from "../kit/cell-keys";
import { type Shortcut, shortcutFor } from "../kit/keys";
import type { GridActs } from "./grid-input";

export class GridKeys {
  /** Where it stands, seen or not. */
  at = 0;
  readonly table: readonly Shortcut[];

  constructor(
    canvas: HTMLCanvasElement,
    private readonly acts: GridActs,
    /** The cursor moved to a unit; −1 when it left. */
    private readonly moved: (unit: number) => void,
  ) {
    const { walk, touch, erase } = words.keys;
    this.table = [
      { group: "cell", keys: CELL_KEYS, what: walk, press: (key) => this.walk(key) },
      { group: "cell", keys: [" ", "Enter"], what: touch, press: () => this.touch(false) },
      { group: "cell", keys: [" ", "Enter"], shift: true, what: erase, press: () => this.touch(true) },
      { group: "cell", keys: ["Delete", "Backspace"], what: erase, press: () => this.touch(true) },
    ];
    canvas.addEventListener("keydown", (event) => {
      const shortcut = shortcutFor(this.table, event);
      if (!shortcut) return;
      event.preventDefault();
      event.stopPropagation();
      shortcut.press(event.key);
    });
    // A click brings the focus too, but no cursor: that comes with the first key.
    canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && this.show());
    canvas.addEventListener("blur", () => moved(-1));
  }

  private walk(key: string): void {
    this.at = cellByKey(key, this.at, this.acts.columns(), this.acts.rows()) ?? this.at;
    this.show();
  }

  private touch(erase: boolean): void {
    this.acts.begin(this.at, erase)?.over(this.acts.under(this.at));
    this.show();
  }

  private show(): void {
    this.at = Math.min(this.at, this.acts.columns() * this.acts.rows() - 1);
    this.moved(this.at);
  }
}

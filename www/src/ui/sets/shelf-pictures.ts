/** The memories that are stored now, drawn here or made by rule, as pictures to learn from. */
import { cellsOf } from "../../cells";
import type { SessionInfo } from "../../engine/types";
import * as laterWords from "../../messages/later";
import { h } from "../kit/dom";
import type { Raw, Source } from "./source";
import { table } from "./table";

export class ShelfPictures implements Source {
  readonly element: HTMLElement;

  constructor(private readonly info: SessionInfo) {
    const { sets } = laterWords;
    const { length } = info.memories;
    const text = length > 0 ? sets.shelfHelp(length) : sets.shelfEmpty;
    this.element = h("div", { class: "way" }, h("p", { class: "field-help", text }));
  }

  raw(): Raw | null {
    const { memories, width, height } = this.info;
    if (memories.length === 0) return null;
    // From 0 for paper to 1 for ink, which is what the numbers of a file may be, too.
    const rows = memories.map((memory) => ({
      cells: Array.from(cellsOf(memory), (x) => Number(((1 + Math.max(-1, Math.min(1, x))) / 2).toFixed(4))),
      name: null,
    }));
    return { file: table(rows), labels: null, size: { width, height } };
  }
}

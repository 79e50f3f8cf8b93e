/** The candidates as small pictures: each can be left out, and says what it is too like. */
import { cellsOfBits } from "../../cells";
import * as laterWords from "../../messages/later";
import type { Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
import { iconButton } from "../kit/buttons";
import { attribute, freshId, h, setText } from "../kit/dom";
import type { Candidate } from "./candidate";

interface Tile {
  element: HTMLLIElement;
  box: HTMLInputElement;
  canvas: HTMLCanvasElement;
  name: HTMLElement;
  mark: HTMLElement;
  turn: HTMLButtonElement | null;
  bits: string;
  width: number;
}

export class Tiles {
  readonly element = h("ul", { class: "tiles", attrs: { "aria-label": laterWords.add.pictures } });
  private readonly tiles = new Map<Candidate, Tile>();

  constructor(
    private readonly theme: () => Theme,
    private readonly changed: () => void,
  ) {}

  show(candidates: readonly Candidate[], width: number, height: number): void {
    const wanted = new Set(candidates);
    for (const [candidate, { element }] of this.tiles) {
      if (wanted.has(candidate)) continue;
      element.remove();
      this.tiles.delete(candidate);
    }
    for (const candidate of candidates) {
      let tile = this.tiles.get(candidate);
      if (!tile) {
        tile = this.tile(candidate);
        this.tiles.set(candidate, tile);
        this.element.append(tile.element);
      }
      this.refresh(tile, candidate, width, height);
    }
    this.element.hidden = candidates.length === 0;
  }

  private refresh(tile: Tile, candidate: Candidate, width: number, height: number): void {
    const { bits, keep, twin, inverted } = candidate;
    const note = [candidate.plain ? laterWords.add.plain : "", candidate.note].filter(Boolean).join(" ");
    if ((tile.bits !== bits || tile.width !== width) && bits !== "") {
      drawThumbnail(tile.canvas, { width, height, cells: cellsOfBits(bits) }, this.theme());
      tile.bits = bits;
      tile.width = width;
    }
    tile.box.checked = keep;
    tile.element.classList.toggle("left-out", !keep);
    if (tile.turn) attribute(tile.turn, "aria-pressed", String(inverted));
    setText(tile.mark, twin ? laterWords.add.twin(twin, twin.stored) : note);
    tile.mark.classList.toggle("alike", twin !== null);
    const help = [twin ? laterWords.add.twinLong(twin, twin.stored) : "", note].filter(Boolean).join(" ");
    if (tile.element.title !== help) tile.element.title = help;
  }

  private tile(candidate: Candidate): Tile {
    const { add } = laterWords;
    const id = freshId();
    const box = h("input", {
      attrs: { type: "checkbox", "aria-label": add.keep(candidate.name), "aria-describedby": id },
      on: {
        change: () => {
          candidate.keep = box.checked;
          candidate.said = true;
          this.changed();
        },
      },
    });
    const canvas = h("canvas", { class: "tile-picture", attrs: { "aria-hidden": "true" } });
    const name = h("span", { class: "tile-name", text: candidate.name, attrs: { title: candidate.name } });
    const mark = h("p", { class: "tile-mark", attrs: { id } });
    const { turnOver } = candidate;
    const turn = turnOver ? iconButton("invert", add.invertOne(candidate.name), turnOver, "quiet small") : null;
    const element = h("li", { class: "tile" }, h("label", { class: "tile-pick" }, canvas, box, name), turn, mark);
    return { element, box, canvas, name, mark, turn, bits: "", width: 0 };
  }
}

/** The picture in the middle: the grid, the tools beside it, and what is said of it to those who do not see it. */
import type { Frame, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { type CellBox, drawCellGrid, type Overlay, placeGrid } from "../../views/cell-grid";
import type { Theme } from "../../views/theme";
import { attribute, freshId, h, setText } from "../kit/dom";
import { cellsIn, footprint } from "./brush";
import { Glow } from "./glow";
import { GridInput, type Stroke } from "./grid-input";
import { GridKeys } from "./grid-keys";
import { Tools } from "./tools";

/** Above so many updates a second the outline of the cell asked only flickers. */
const FOLLOWED = 400;
/** Greys that nobody tells from each other. */
const SAME = 0.02;
/** What lies over the picture, the first that there is: a picture of the machine's, or the voices one cell hears. */
const LAID = ["layer", "voices"] as const;

/** A mouse passes over it, the keyboard's cursor reaches it, or it was picked out to be kept. */
export type Wondering = "passed" | "reached" | "kept";

export class Stage {
  private readonly canvas = h("canvas", { class: "grid-canvas" });
  /** Where the picture stands, or what takes its place. */
  readonly box = h("div", { class: "grid-box" });
  /** The same with what is said of its machine, and the room for others beside it. */
  readonly seat = h("div", { class: "seat" }, this.box);
  readonly seats = h("div", { class: "seats" }, this.seat);
  private readonly hint = h("p", { class: "unseen", attrs: { id: freshId() } });
  private readonly spoken = h("p", { class: "unseen", attrs: { "aria-live": "polite" } });
  readonly tools: Tools;
  readonly keys: GridKeys;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private readonly glow = new Glow(() => this.draw());
  private cursor = -1;
  private pointed = -1;
  private marked = -1;
  private readonly laid = new Map<(typeof LAID)[number], { overlay: Overlay; about: number }>();

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly calm: () => boolean,
    /** Somebody wonders about a unit; −1 if no longer. */
    private readonly wonder: (unit: number, how: Wondering) => void,
    /** Says what is shown of a unit besides its state, and hears which one is looked at; −1 for none. */
    private readonly read: (unit: number) => string,
  ) {
    const { hint } = this;
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "application"],
      ["aria-roledescription", words.grid.role],
      ["aria-describedby", hint.id],
    ] as const) {
      attribute(this.canvas, name, value);
    }
    this.box.append(this.canvas);
    const picture = h("div", { class: "picture" }, this.seats);
    root.append(picture, hint, this.spoken);
    this.tools = new Tools(picture, session, store);
    const acts = {
      columns: () => this.info?.width ?? 1,
      rows: () => this.info?.height ?? 1,
      brush: () => this.tools.brush,
      under: (unit: number) => this.under(unit),
      begin: (unit: number, erase: boolean) => this.begin(unit, erase),
      point: (unit: number) => this.point(unit),
    };
    this.keys = new GridKeys(this.canvas, acts, (unit) => this.moveCursor(unit));
    new GridInput(this.canvas, acts, (unit) => {
      this.keys.at = unit;
    });
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    // How wide it can be beside its tools, where they stand beside it.
    new ResizeObserver(() => {
      const taken = this.tools.element.offsetWidth + Number.parseFloat(getComputedStyle(picture).columnGap);
      this.box.style.setProperty("--room", `${picture.clientWidth - taken}px`);
    }).observe(picture);
    for (const key of ["tool", "brush"] as const) store.on(key, () => this.draw());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    const { grey } = info.description;
    attribute(this.canvas, "aria-label", words.grid.label(info.width, info.height));
    setText(this.hint, grey ? words.grid.hintGrey : words.grid.hint);
    // Where the width is given, the height follows the picture, within what a screen can hold.
    this.box.style.setProperty("--shape", String(Math.min(8, Math.max(0.8, info.width / info.height))));
    this.tools.describe(info);
    this.draw();
  }

  show(frame: Frame): void {
    this.frame = frame;
    // A flash is for what the network does, not for what a hand does.
    if (this.session.deed === "ran" && !this.calm()) this.glow.ignite(frame);
    this.draw();
  }

  /** Numbers laid over the picture, and the unit they are about; null takes them away. False if others hide them. */
  lay(what: (typeof LAID)[number], overlay: Overlay | null, about = -1): boolean {
    if (overlay) this.laid.set(what, { overlay, about });
    else this.laid.delete(what);
    this.draw();
    return LAID.find((other) => this.laid.has(other)) === what;
  }

  /** Edge of a cell in CSS pixels. */
  get cell(): number {
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.info ?? { width: 1, height: 1 };
    return placeGrid(clientWidth, clientHeight, width, height, devicePixelRatio || 1).cell;
  }

  focus(): void {
    this.canvas.focus();
  }

  /** The unit under the mouse or the keyboard's cursor; −1 for none. */
  get looked(): number {
    return this.pointed >= 0 ? this.pointed : this.cursor;
  }

  /** A frame around a unit that is spoken of elsewhere; −1 for none. */
  mark(unit: number): void {
    this.marked = unit;
    this.draw();
  }

  draw(): void {
    const { info, frame } = this;
    if (!info || !frame || frame.cells.length !== info.width * info.height) return;
    const followed = !frame.running || this.session.speed() <= FOLLOWED;
    const asked = followed && frame.time > 0 && !(frame.settled && !frame.running) ? frame.visited : -1;
    const laid = LAID.map((what) => this.laid.get(what)).find((found) => found !== undefined);
    const about = laid?.about ?? -1;
    drawCellGrid(
      this.canvas,
      {
        columns: info.width,
        rows: info.height,
        cells: frame.cells,
        held: info.clamped,
        visited: about >= 0 ? about : asked,
        glow: this.glow.heat,
        cursor: this.cursor,
        brush: this.marked >= 0 ? this.around(this.marked, 1) : this.brushBox(),
        overlay: laid?.overlay ?? null,
      },
      this.theme(),
    );
  }

  private begin(unit: number, erase: boolean): Stroke | null {
    const { info, frame } = this;
    if (!info || !frame) return null;
    const { tool } = this.tools;
    if (tool === "ask") {
      const over = (units: number[]) => this.wonder(units.at(-1) ?? unit, "kept");
      return { over, again: true, takeBack: () => undefined };
    }
    const stroke = this.session.stroke();
    const takeBack = () => this.session.undo();
    if (tool === "hold") {
      const held = !erase && !info.clamped.includes(unit);
      return { over: (units) => void this.session.act("clamp", { units, held, stroke }), takeBack };
    }
    const value = erase || tool === "erase" ? -1 : this.pen(frame.cells[unit] ?? 0);
    return { over: (units) => this.paint(units, value, stroke), takeBack };
  }

  /** What begins on what the pen gives takes it away. */
  private pen(cell: number): number {
    const { level } = this.tools;
    if (level === null) return cell > 0 ? -1 : 1;
    return Math.abs(cell - level) < SAME ? -1 : level;
  }

  private paint(units: number[], value: number, stroke: number): void {
    void this.session.paint(units, value, stroke);
    this.draw();
    if (this.cursor >= 0) this.speak();
  }

  private moveCursor(unit: number): void {
    this.cursor = unit;
    if (unit >= 0) this.store.set("unit", unit);
    this.draw();
    if (unit >= 0) {
      this.speak();
      this.wonder(unit, "reached");
    } else {
      this.point(this.pointed);
    }
  }

  private point(unit: number): void {
    if (unit !== this.pointed && this.tools.brush > 1) requestAnimationFrame(() => this.draw());
    this.pointed = unit;
    this.read(unit >= 0 ? unit : this.cursor);
    this.wonder(unit, "passed");
  }

  private around(unit: number, brush: number): CellBox | null {
    const { width, height } = this.info ?? { width: 1, height: 1 };
    return footprint(unit % width, Math.floor(unit / width), brush, width, height);
  }

  /** The units that a touch of this one goes over. */
  private under(unit: number): number[] {
    const box = this.around(unit, this.tools.brush);
    return box ? cellsIn(box, this.info?.width ?? 1) : [];
  }

  /** Where the brush stands, if it is wider than what is seen without a frame. */
  private brushBox(): CellBox | null {
    const unit = this.looked;
    return unit >= 0 && this.tools.brush > 1 ? this.around(unit, this.tools.brush) : null;
  }

  private speak(): void {
    const { info, frame, cursor } = this;
    if (!info || !frame) return;
    const x = cursor % info.width;
    const y = Math.floor(cursor / info.width);
    const held = info.clamped.includes(cursor);
    const cell = words.grid.cell(x, y, frame.cells[cursor] ?? 0, held, info.description.grey);
    setText(this.spoken, [cell, this.read(cursor)].filter((part) => part !== "").join("; "));
  }
}

/**
 * Drawing on the grid with mouse, finger and pen. Knows cells, not what a touch of them means: the first cell touched
 * decides that for the whole stroke, and cells reach the engine once a frame. One pointer draws at a time: a palm or
 * a second finger beside it draws nothing, and two fingers at once zoom the page.
 */
import { type GridPlace, placeGrid } from "../../views/cell-grid";
import { cellsIn, footprint } from "./brush";

/** What a stroke does. */
export interface Stroke {
  /** It goes over these units; the first of the first call is the one touched. */
  over(units: number[]): void;
  /** It goes over a unit as often as it comes there. */
  again?: boolean;
  /** It was no stroke after all. */
  takeBack(): void;
}

export interface GridActs {
  columns(): number;
  rows(): number;
  /** Cells that a stroke is wide. */
  brush(): number;
  /** The units that a touch of this one goes over. */
  under(unit: number): number[];
  /** A stroke begins at a unit; `erase` if it is to take away. Null if nothing comes of it. */
  begin(unit: number, erase: boolean): Stroke | null;
  /** The mouse is over a unit; −1 when it left. */
  point(unit: number): void;
}

/** Milliseconds within which a second finger makes two fingers of it, that zoom. */
const TOGETHER = 300;
/** Buttons of mice and pens, as events number them. */
const LEFT = 0;
const RIGHT = 2;
const ERASER = 5;

interface Running {
  stroke: Stroke;
  pointer: number;
  kind: string;
  begun: number;
}

export class GridInput {
  private running: Running | null = null;
  private last: [number, number] = [0, 0];
  /** The cells of the stroke so far, and how many they are. */
  private touched = new Uint8Array();
  private count = 0;
  private readonly pending: number[] = [];
  private scheduled = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly acts: GridActs,
    /** Hears of every unit touched: the keyboard goes on from there. */
    private readonly touching: (unit: number) => void,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerleave", () => acts.point(-1));
    for (const end of ["pointerup", "lostpointercapture"] as const) {
      canvas.addEventListener(end, (event) => this.running?.pointer === event.pointerId && this.up());
    }
    canvas.addEventListener("pointercancel", (event) => {
      if (this.running?.pointer === event.pointerId) this.cancelled(event);
    });
    // The right button erases, and a finger that rests draws.
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  private place(): GridPlace {
    const ratio = Math.min(devicePixelRatio || 1, 3);
    return placeGrid(this.canvas.clientWidth, this.canvas.clientHeight, this.acts.columns(), this.acts.rows(), ratio);
  }

  /** Column and row under a pointer; they may lie outside the grid. */
  private cell(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    const { cell, left, top } = this.place();
    return [Math.floor((event.clientX - box.left - left) / cell), Math.floor((event.clientY - box.top - top) / cell)];
  }

  private unit([x, y]: [number, number]): number {
    const inside = x >= 0 && y >= 0 && x < this.acts.columns() && y < this.acts.rows();
    return inside ? y * this.acts.columns() + x : -1;
  }

  private down(event: PointerEvent): void {
    const { running } = this;
    if (running) {
      if (running.kind !== "touch") return;
      // A pen comes before the hand that holds it; a finger soon after the first means both.
      if (event.pointerType === "touch" && event.timeStamp - running.begun > TOGETHER) return;
      this.takeBack();
    }
    if (event.pointerType === "touch" && !event.isPrimary) return;
    const erase = event.button === RIGHT || event.button === ERASER || event.shiftKey || event.ctrlKey;
    if (event.button !== LEFT && !erase) return;
    const cell = this.cell(event);
    const unit = this.unit(cell);
    if (unit < 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.forget();
    const stroke = this.acts.begin(unit, erase);
    if (!stroke) return;
    this.running = { stroke, pointer: event.pointerId, kind: event.pointerType, begun: event.timeStamp };
    this.last = cell;
    this.touching(unit);
    this.stamp(cell);
  }

  private move(event: PointerEvent): void {
    if (event.pointerType !== "touch") this.acts.point(this.unit(this.cell(event)));
    if (this.running?.pointer !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const step of passed.length > 0 ? passed : [event]) this.lineTo(this.cell(step));
  }

  private up(): void {
    this.flush();
    this.running = null;
  }

  /** The browser took the pointer away; soon after it came down that is a gesture of its own. */
  private cancelled(event: PointerEvent): void {
    const early = this.running && event.timeStamp - this.running.begun <= TOGETHER;
    if (early) this.takeBack();
    else this.up();
  }

  private takeBack(): void {
    const { running } = this;
    this.running = null;
    const sent = this.count > this.pending.length;
    this.pending.length = 0;
    if (sent) running?.stroke.takeBack();
  }

  /** Every cell between the last place and this one: a fast pointer leaves no holes. */
  private lineTo(to: [number, number]): void {
    const [fromX, fromY] = this.last;
    const steps = Math.max(Math.abs(to[0] - fromX), Math.abs(to[1] - fromY));
    for (let i = 1; i <= steps; i++) {
      this.stamp([
        Math.round(fromX + ((to[0] - fromX) * i) / steps),
        Math.round(fromY + ((to[1] - fromY) * i) / steps),
      ]);
    }
    this.last = to;
  }

  private stamp([x, y]: [number, number]): void {
    const { columns, rows, brush } = this.acts;
    if (this.running?.stroke.again) this.forget();
    const box = footprint(x, y, brush(), columns(), rows());
    for (const unit of box ? cellsIn(box, columns()) : []) {
      if (this.touched[unit] === 1) continue;
      this.touched[unit] = 1;
      this.count += 1;
      this.pending.push(unit);
    }
    if (this.scheduled || this.pending.length === 0) return;
    this.scheduled = true;
    requestAnimationFrame(() => this.flush());
  }

  private forget(): void {
    const { columns, rows } = this.acts;
    const cells = columns() * rows();
    if (this.touched.length !== cells) this.touched = new Uint8Array(cells);
    else if (this.count > 0) this.touched.fill(0);
    this.count = 0;
  }

  private flush(): void {
    this.scheduled = false;
    const units = this.pending.splice(0);
    if (units.length > 0) this.running?.stroke.over(units);
  }
}

/**
 * Drawing on the grid with mouse, finger, pen and keyboard. Knows cells, not what a touch of them means: the first
 * cell touched decides that for the whole stroke, and cells reach the engine once a frame.
 */
import { type GridPlace, placeGrid } from "../views/spin-grid";
import { cellByKey } from "./cell-keys";

export interface GridActs {
  columns(): number;
  rows(): number;
  /** A stroke begins at a unit; the function returned gets the units it goes over, the first among them. */
  begin(unit: number): ((units: number[]) => void) | null;
  /** The keyboard's cursor moved to a unit; −1 when it left. */
  cursor(unit: number): void;
  /** The mouse is over a unit; −1 when it left. */
  point(unit: number): void;
}

export class GridInput {
  private stroke: ((units: number[]) => void) | null = null;
  private last: [number, number] = [0, 0];
  private readonly touched = new Set<number>();
  private readonly pending: number[] = [];
  private scheduled = false;
  private at = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly acts: GridActs,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerleave", () => acts.point(-1));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      canvas.addEventListener(end, () => this.up());
    }
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.show());
    canvas.addEventListener("blur", () => acts.cursor(-1));
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
    if (event.button !== 0 || this.stroke) return;
    const cell = this.cell(event);
    const unit = this.unit(cell);
    if (unit < 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.touched.clear();
    this.stroke = this.acts.begin(unit);
    this.last = cell;
    this.at = unit;
    this.touch(unit);
  }

  private move(event: PointerEvent): void {
    if (event.pointerType === "mouse") this.acts.point(this.unit(this.cell(event)));
    if (!this.stroke) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const step of passed.length > 0 ? passed : [event]) this.lineTo(this.cell(step));
  }

  private up(): void {
    this.flush();
    this.stroke = null;
  }

  /** Every cell between the last place and this one: a fast pointer leaves no holes. */
  private lineTo(to: [number, number]): void {
    const [fromX, fromY] = this.last;
    const steps = Math.max(Math.abs(to[0] - fromX), Math.abs(to[1] - fromY));
    for (let i = 1; i <= steps; i++) {
      this.touch(
        this.unit([
          Math.round(fromX + ((to[0] - fromX) * i) / steps),
          Math.round(fromY + ((to[1] - fromY) * i) / steps),
        ]),
      );
    }
    this.last = to;
  }

  private touch(unit: number): void {
    if (unit < 0 || this.touched.has(unit)) return;
    this.touched.add(unit);
    this.pending.push(unit);
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const units = this.pending.splice(0);
    if (units.length > 0) this.stroke?.(units);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = cellByKey(event.key, this.at, this.acts.columns(), this.acts.rows());
    if (target !== null) {
      this.at = target;
      this.show();
    } else if (event.key === " " || event.key === "Enter") {
      this.acts.begin(this.at)?.([this.at]);
      this.show();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private show(): void {
    this.at = Math.min(this.at, this.acts.columns() * this.acts.rows() - 1);
    if (this.canvas.matches(":focus-visible")) this.acts.cursor(this.at);
  }
}

/**
 * Lines over time as columns of ink: what a line covers of each column of pixels is one upright bar. So a run of a
 * million steps takes no more than the sheet is wide, and up and down cost nothing, where a stroke along thousands of
 * turns would take many frames to paint.
 */
import type { Plane, Series } from "./plot";

export interface LineStyle {
  colour: string;
  /** Lengths along the axis of time, drawn and left out in turn; none is a whole line. */
  dash: readonly number[];
  /** What is still to come is drawn lightly. */
  faint: boolean;
}

const THICK = 2;
const FAINT = 0.35;

/**
 * The values of a column of the series from row to row, and on to one point more. Rows without a value leave a gap.
 */
export function drawLine(
  plane: Plane,
  series: Series,
  column: number,
  from: number,
  to: number,
  style: LineStyle,
  last: readonly [time: number, value: number] | null = null,
): void {
  if (from >= to && !last) return;
  const { x, y, context } = plane;
  const line = plane.once ? new Stroke(context) : new Covered(plane);
  const { table, columns } = series;
  for (let i = from; i < to; i++) line.to(x(table[i * columns] ?? 0), y(table[i * columns + column] ?? Number.NaN));
  if (last) line.to(x(last[0]), y(last[1]));
  line.paint(context, style);
}

/** The line as it is, for a file that may be enlarged. */
class Stroke {
  private down = false;

  constructor(private readonly context: CanvasRenderingContext2D) {
    context.beginPath();
  }

  to(x: number, y: number): void {
    const known = !Number.isNaN(y);
    if (known && this.down) this.context.lineTo(x, y);
    else if (known) this.context.moveTo(x, y);
    this.down = known;
  }

  paint(context: CanvasRenderingContext2D, { colour, dash, faint }: LineStyle): void {
    context.globalAlpha = faint ? FAINT : 1;
    context.strokeStyle = colour;
    context.lineWidth = THICK;
    context.lineJoin = "round";
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

/** From where to where a line, or many, lies in each column of pixels. */
export class Covered {
  private readonly left: number;
  private readonly step: number;
  private readonly highest: Float32Array;
  private readonly lowest: Float32Array;
  private lastX = Number.NaN;
  private lastY = Number.NaN;

  constructor({ left, right, ratio }: Plane) {
    this.left = left;
    this.step = 1 / Math.min(2, Math.max(1, ratio));
    const count = Math.max(1, Math.ceil((right - left) / this.step) + 1);
    this.highest = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
    this.lowest = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  }

  /** Goes on in a straight line to a point; one without a height is not gone to, nor from. */
  to(x: number, y: number): void {
    const { lastX, lastY } = this;
    [this.lastX, this.lastY] = [x, y];
    if (Number.isNaN(y)) return;
    if (Number.isNaN(lastY)) {
      this.cover(this.columnOf(x), y);
      return;
    }
    const [first, final] = [this.columnOf(lastX), this.columnOf(x)];
    this.cover(first, lastY);
    const slope = x > lastX ? (y - lastY) / (x - lastX) : 0;
    for (let column = first + 1; column <= final; column++) {
      const edge = lastY + slope * (this.left + column * this.step - lastX);
      this.cover(column - 1, edge);
      this.cover(column, edge);
    }
    this.cover(final, y);
  }

  /** Covers what another covers, and all between. */
  join(other: Covered): void {
    for (const column of this.highest.keys()) {
      const [top, bottom] = [other.highest[column] ?? 0, other.lowest[column] ?? 0];
      if (top > bottom) continue;
      this.cover(column, top);
      this.cover(column, bottom);
    }
  }

  paint(context: CanvasRenderingContext2D, { colour, dash, faint }: LineStyle): void {
    const { highest, lowest, left, step } = this;
    const period = dash.reduce((sum, length) => sum + length, 0);
    const off = (x: number) => {
      let place = x % period;
      let turn = 0;
      while (turn < dash.length && place >= (dash[turn] ?? 0)) place -= dash[turn++] ?? 0;
      return turn % 2 === 1;
    };
    // Bars that lie over one another would be darker there, if one could see through them.
    const wide = faint ? step : THICK;
    context.globalAlpha = faint ? FAINT : 1;
    context.fillStyle = colour;
    for (let column = 0; column < highest.length; column++) {
      const [top, bottom] = [highest[column] ?? 0, lowest[column] ?? 0];
      if (top > bottom || (period > 0 && off(column * step))) continue;
      context.fillRect(left + column * step + (step - wide) / 2, top - THICK / 2, wide, bottom - top + THICK);
    }
    context.globalAlpha = 1;
  }

  private columnOf(x: number): number {
    return Math.min(this.highest.length - 1, Math.max(0, Math.floor((x - this.left) / this.step)));
  }

  private cover(column: number, y: number): void {
    if (y < (this.highest[column] ?? 0)) this.highest[column] = y;
    if (y > (this.lowest[column] ?? 0)) this.lowest[column] = y;
  }
}

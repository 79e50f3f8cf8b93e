/** What every drawing over time shares: the sheet between its axes, and the two cursors. */
import { niceAxis } from "./axis";
import { type Surface, surface, type Target } from "./surface";
import type { Theme } from "./theme";

/** A series of rows: column 0 holds the times, the others the values. */
export interface Series {
  table: Float64Array;
  columns: number;
}

export interface Timeline extends Series {
  /** The time at the right edge; the page looks at `time`. */
  end: number;
  time: number;
  /** The row that is being read, by pointer or keys; −1 for none. */
  row: number;
  events: readonly number[];
  /** Room for words at the right, in pixels. */
  right: number;
}

export interface Plane {
  context: CanvasRenderingContext2D;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Device pixels to one of CSS. */
  ratio: number;
  /** It is drawn once, for a file, and may take its time. */
  once: boolean;
  x(time: number): number;
  y(value: number): number;
}

const LEFT = 60;
/** From its words to the sheet. */
const SPACE = 8;
/** A drawing lower than this is a strip, with less room around its line and fewer ticks. */
const STRIP = 64;
const TICK = 48;

export const RIGHT = 14;

/** The sheet of a canvas, with its ticks and events drawn; null while it has no size. */
export function drawPlane(
  canvas: Target,
  data: Timeline,
  low: number,
  high: number,
  format: (value: number, step: number) => string,
  theme: Theme,
): Plane | null {
  const area = surface(canvas);
  if (!area) return null;
  const { context, height } = area;
  const axis = niceAxis(low, high, height < STRIP ? 1 : Math.max(2, Math.floor(height / TICK)));
  const plane = { ...planeOf(area, data, axis.low, axis.high), once: area === canvas };
  const { left, right, top, bottom, x, y } = plane;
  const step = (axis.ticks[1] ?? 0) - (axis.ticks[0] ?? 0);
  context.font = `12px ${theme.figures}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const tick of axis.ticks) {
    const level = Math.round(y(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? theme.edge : theme.line;
    stroke(context, left, level, right, level);
    context.fillStyle = theme.soft;
    context.fillText(format(tick, step), left - SPACE, level, left - SPACE);
  }
  context.strokeStyle = theme.edge;
  context.setLineDash([2, 3]);
  for (const event of data.events) {
    const place = Math.round(x(event)) + 0.5;
    stroke(context, place, top, place, bottom);
  }
  context.setLineDash([]);
  return plane;
}

function planeOf(
  { context, width, height, ratio }: Surface,
  data: Timeline,
  low: number,
  high: number,
): Omit<Plane, "once"> {
  const strip = height < STRIP;
  const [left, right, top, bottom] = [LEFT, width - data.right, strip ? 7 : 10, height - (strip ? 7 : 12)];
  const across = (right - left) / Math.max(data.end, 1);
  const up = (bottom - top) / (high - low);
  return {
    context,
    left,
    right,
    top,
    bottom,
    ratio,
    x: (time) => left + across * time,
    y: (value) => bottom - up * (value - low),
  };
}

export function stroke(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** The moment looked at, as a line through the sheet, and the one being read. */
export function drawCursors({ context, x, top, bottom }: Plane, { time, table, columns, row }: Timeline, theme: Theme) {
  context.lineWidth = 1;
  const upright = (at: number, colour: string) => {
    context.strokeStyle = colour;
    const place = Math.round(x(at)) + 0.5;
    stroke(context, place, top - 4, place, bottom + 4);
  };
  upright(time, theme.accent);
  if (row >= 0) upright(table[row * columns] ?? 0, theme.soft);
}

export function drawDot({ context }: Plane, x: number, y: number, size: number, fill: string, rim: string): void {
  context.fillStyle = fill;
  context.strokeStyle = rim;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** How many rows are not later than a moment. */
export function rowsUntil({ table, columns }: Series, time: number): number {
  let [low, high] = [0, Math.floor(table.length / columns)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle * columns] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row nearest to a moment, or −1 if there is none. */
export function nearestRow(series: Series, time: number): number {
  const { table, columns } = series;
  const after = rowsUntil(series, time);
  const rows = Math.floor(table.length / columns);
  if (after === 0 || after === rows) return Math.min(after, rows - 1);
  const [before, next] = [table[(after - 1) * columns] ?? 0, table[after * columns] ?? 0];
  return time - before <= next - time ? after - 1 : after;
}

/** The moment under a point of the canvas. */
export function timeAt(x: number, width: number, end: number, right: number): number {
  const share = (x - LEFT) / (width - right - LEFT);
  return Math.round(Math.min(1, Math.max(0, share)) * end);
}

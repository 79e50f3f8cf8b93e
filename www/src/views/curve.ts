/** A quantity over the run: a line from its start to its end, and a dot where the page is looking. */
import { niceAxis } from "./axis";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface Curve {
  /** Rows of a table: `column` holds the values, column 0 the times. */
  table: Float32Array;
  columns: number;
  column: number;
  /** The time at the right edge; the page looks at `time`. */
  end: number;
  time: number;
  value: number;
  events: readonly number[];
  range: readonly [number, number] | null;
  format(value: number): string;
}

const ROOM = { left: 52, right: 14, top: 10, bottom: 12 };

export function drawCurve(canvas: Target, data: Curve, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, width, height } = area;
  const { table, columns, column } = data;
  const points = Math.floor(table.length / columns);
  const axis = axisOf(data, points, height);
  const end = Math.max(data.end, 1);
  const right = width - ROOM.right;
  const bottom = height - ROOM.bottom;
  const x = (time: number) => ROOM.left + ((right - ROOM.left) * time) / end;
  const y = (value: number) => bottom - ((bottom - ROOM.top) * (value - axis.low)) / (axis.high - axis.low);

  context.font = `12px ${theme.figures}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const tick of axis.ticks) {
    const level = Math.round(y(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? theme.edge : theme.line;
    context.beginPath();
    context.moveTo(ROOM.left, level);
    context.lineTo(right, level);
    context.stroke();
    context.fillStyle = theme.soft;
    context.fillText(data.format(tick), ROOM.left - 8, level);
  }
  context.strokeStyle = theme.edge;
  context.setLineDash([2, 3]);
  for (const event of data.events) {
    context.beginPath();
    context.moveTo(Math.round(x(event)) + 0.5, ROOM.top);
    context.lineTo(Math.round(x(event)) + 0.5, bottom);
    context.stroke();
  }
  context.setLineDash([]);

  const trace = (from: number, to: number) => {
    context.beginPath();
    for (let i = from; i < to; i++) context.lineTo(x(table[i * columns] ?? 0), y(table[i * columns + column] ?? 0));
  };
  let here = 0;
  while (here < points && (table[here * columns] ?? 0) <= data.time) here += 1;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.strokeStyle = theme.edge;
  trace(Math.max(0, here - 1), points);
  context.stroke();
  context.strokeStyle = theme.ink;
  trace(0, here);
  context.lineTo(x(data.time), y(data.value));
  context.stroke();

  context.fillStyle = theme.accent;
  context.strokeStyle = theme.paper;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x(data.time), y(data.value), 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

function axisOf({ table, columns, column, value, range }: Curve, points: number, height: number) {
  let [low, high] = range ?? [value, value];
  if (!range) {
    for (let i = 0; i < points; i++) {
      const point = table[i * columns + column] ?? 0;
      if (point < low) low = point;
      if (point > high) high = point;
    }
  }
  return niceAxis(low, high, Math.max(2, Math.floor(height / 48)));
}

/** The moment under a point of the canvas. */
export function timeAt(x: number, width: number, end: number): number {
  const share = (x - ROOM.left) / (width - ROOM.right - ROOM.left);
  return Math.round(Math.min(1, Math.max(0, share)) * end);
}

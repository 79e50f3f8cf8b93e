/** A quantity over the run: a line from its start to its end, and a dot where the page is looking. */
import { drawLine } from "./line";
import { drawCursors, drawDot, drawPlane, rowsUntil, type Timeline } from "./plot";
import type { Target } from "./surface";
import type { Theme } from "./theme";

export interface Curve extends Timeline {
  /** Where in a row its values are, and the value at the moment looked at. */
  column: number;
  value: number;
  range: readonly [number, number] | null;
  format(value: number, step: number): string;
}

export function drawCurve(canvas: Target, data: Curve, theme: Theme): void {
  const { table, columns, column, time, value, row } = data;
  const plane = drawPlane(canvas, data, ...rangeOf(data), data.format, theme);
  if (!plane) return;
  const { x, y } = plane;
  drawCursors(plane, data, theme);
  const here = rowsUntil(data, time);
  const whole = { dash: [], faint: false };
  const rows = Math.floor(table.length / columns);
  drawLine(plane, data, column, here < rows ? Math.max(0, here - 1) : rows, rows, { colour: theme.edge, ...whole });
  drawLine(plane, data, column, 0, here, { colour: theme.ink, ...whole }, here > 0 ? [time, value] : null);
  drawDot(plane, x(time), y(value), plane.bottom - plane.top < 48 ? 4 : 6, theme.accent, theme.paper);
  if (row < 0) return;
  const read = table[row * columns + column] ?? Number.NaN;
  if (!Number.isNaN(read)) drawDot(plane, x(table[row * columns] ?? 0), y(read), 4, theme.paper, theme.ink);
}

function rangeOf({ table, columns, column, value, range }: Curve): readonly [number, number] {
  if (range) return range;
  let [low, high] = [value, value];
  for (let i = column; i < table.length; i += columns) {
    const point = table[i] ?? 0;
    if (point < low) low = point;
    if (point > high) high = point;
  }
  return [low, high];
}

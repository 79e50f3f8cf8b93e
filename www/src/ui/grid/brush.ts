/** The brush: a square of cells around the one that is touched. */
import type { CellBox } from "../../views/cell-grid";

/** Widths to choose from, in cells, for pictures of up to so many cells across or down. */
const WIDTHS: readonly (readonly [most: number, widths: readonly number[]])[] = [
  [80, [1, 2, 3, 5]],
  [240, [1, 3, 7, 15]],
  [Number.POSITIVE_INFINITY, [1, 5, 15, 45]],
];

/** The widths that leave something of a picture of this size to be drawn. */
export function brushes(columns: number, rows: number): number[] {
  const side = Math.max(columns, rows);
  const widths = WIDTHS.find(([most]) => side <= most)?.[1] ?? [];
  return widths.filter((width) => width === 1 || 2 * width <= side);
}

/** The next width up or down, of those offered. */
export function nextBrush(offered: readonly number[], width: number, direction: number): number {
  return offered[offered.indexOf(width) + direction] ?? width;
}

/** What the brush covers of the picture around a column and a row, which may lie outside; null for nothing. */
export function footprint(x: number, y: number, width: number, columns: number, rows: number): CellBox | null {
  const before = (width - 1) >> 1;
  const box = {
    left: Math.max(0, x - before),
    top: Math.max(0, y - before),
    right: Math.min(columns - 1, x - before + width - 1),
    bottom: Math.min(rows - 1, y - before + width - 1),
  };
  return box.left <= box.right && box.top <= box.bottom ? box : null;
}

export function cellsIn({ left, top, right, bottom }: CellBox, columns: number): number[] {
  const cells: number[] = [];
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) cells.push(y * columns + x);
  return cells;
}

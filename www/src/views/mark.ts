/**
 * A number as a square in a cell: its area is the size; solid and warm is positive, hollow and cool negative. Where
 * there is no number, a cross.
 */
import type { Theme } from "./theme";

/** Largest edge of a square, beside its cell: the picture stays around it. */
const LARGEST = 0.72;

/**
 * `share` is the number beside the largest of its scale, from −1 to 1, or none; the cell's top left corner is at x, y.
 */
export function drawMark(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  cell: number,
  share: number,
  theme: Theme,
): void {
  if (Number.isNaN(share)) drawCross(context, x, y, cell, theme);
  const edge = LARGEST * cell * Math.sqrt(Math.min(1, Math.abs(share)));
  if (!(edge >= 0.5)) return;
  const [left, top] = [x + (cell - edge) / 2, y + (cell - edge) / 2];
  context.fillStyle = theme.paper;
  context.fillRect(left - 1, top - 1, edge + 2, edge + 2);
  context.fillStyle = share > 0 ? theme.warm : theme.cool;
  context.fillRect(left, top, edge, edge);
  const rim = Math.max(1.5, 0.22 * edge);
  if (share > 0 || edge <= 2 * rim) return;
  context.fillStyle = theme.paper;
  context.fillRect(left + rim, top + rim, edge - 2 * rim, edge - 2 * rim);
}

/** Cells smaller than this, in CSS pixels, have no room for a cross. */
export const ROOM_FOR_CROSS = 6;

export function drawCross(context: CanvasRenderingContext2D, x: number, y: number, cell: number, theme: Theme): void {
  const [middleX, middleY] = [x + cell / 2, y + cell / 2];
  const arm = Math.min(5, 0.28 * cell);
  for (const [colour, width] of [
    [theme.paper, 3.5],
    [theme.soft, 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (const side of [-1, 1]) {
      context.moveTo(middleX - arm, middleY - side * arm);
      context.lineTo(middleX + arm, middleY + side * arm);
    }
    context.stroke();
  }
}

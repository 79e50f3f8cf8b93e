/** A picture in small: one pixel a cell, enlarged by the style sheet without smoothing. */
import type { Theme } from "./theme";

/** How much ink an unknown cell has, of 255. */
const UNKNOWN = 96;

export interface Thumbnail {
  width: number;
  height: number;
  /** One character a cell, row by row: 1 for ink, 0 for paper, ? for unknown. */
  bits: string;
}

export function drawThumbnail(canvas: HTMLCanvasElement, { width, height, bits }: Thumbnail, theme: Theme): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  // The ink as a mask, then its colour, then the sheet behind it: three strokes however many cells there are.
  const mask = context.createImageData(width, height);
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] !== "0") mask.data[4 * i + 3] = bits[i] === "1" ? 255 : UNKNOWN;
  }
  context.putImageData(mask, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = theme.ink;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = theme.sheet;
  context.fillRect(0, 0, width, height);
}

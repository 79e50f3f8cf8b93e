/** A memory in small: one pixel a cell, enlarged by the style sheet without smoothing. */
import type { Theme } from "./theme";

export interface Thumbnail {
  width: number;
  height: number;
  bits: string;
}

export function drawThumbnail(canvas: HTMLCanvasElement, { width, height, bits }: Thumbnail, theme: Theme): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  // The ink as a mask, then its colour, then the sheet behind it: three strokes however many cells there are.
  const mask = context.createImageData(width, height);
  for (let i = 0; i < bits.length; i++) if (bits[i] === "1") mask.data[4 * i + 3] = 255;
  context.putImageData(mask, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = theme.ink;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = theme.sheet;
  context.fillRect(0, 0, width, height);
}

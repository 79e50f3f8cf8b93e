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
  context.fillStyle = theme.sheet;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.ink;
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === "1") context.fillRect(i % width, Math.floor(i / width), 1, 1);
  }
}

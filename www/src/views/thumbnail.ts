/** A picture in small: one pixel a cell, enlarged by the style sheet without smoothing; of large ones, one for several. */
import { inkPixels } from "./ink";
import { hexColour, mixed } from "./pixels";
import type { Theme } from "./theme";

/** How much ink an unknown cell has. */
const UNKNOWN = 96 / 255;
/** Pixels along the longer side at most. */
const MOST = 160;

export interface Thumbnail {
  width: number;
  height: number;
  /** Row by row: 1 for ink, −1 for paper, and between them grey, or unknown where there are no greys. */
  cells: ArrayLike<number>;
}

export function drawThumbnail(canvas: HTMLCanvasElement, picture: Thumbnail, theme: Theme): void {
  const { width, height, cells } = shrunk(picture);
  canvas.width = width;
  canvas.height = height;
  // What is made smaller still is not made of every other pixel.
  canvas.classList.toggle("fine", cells !== picture.cells);
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(width, height);
  const unknown = mixed(hexColour(theme.sheet), hexColour(theme.ink), UNKNOWN);
  inkPixels(new Uint32Array(image.data.buffer), cells, theme, unknown);
  context.putImageData(image, 0, 0);
}

/** If there are too many cells: of blocks of cells the means of four of each, however large they are. */
function shrunk(picture: Thumbnail): Thumbnail {
  const { width, height, cells } = picture;
  const block = Math.ceil(Math.max(width, height) / MOST);
  if (block < 2) return picture;
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)];
  const means = new Float32Array(columns * rows);
  const half = block >> 1;
  const cell = (x: number, y: number) => {
    const value = cells[Math.min(height - 1, y) * width + Math.min(width - 1, x)] ?? 0;
    return value > 1 ? 1 : value < -1 ? -1 : value;
  };
  for (let i = 0; i < means.length; i++) {
    const [x, y] = [block * (i % columns), block * Math.floor(i / columns)];
    means[i] = (cell(x, y) + cell(x + half, y) + cell(x, y + half) + cell(x + half, y + half)) / 4;
  }
  return { width: columns, height: rows, cells: means };
}

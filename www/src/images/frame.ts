/** Which part of a picture the grid shows, and the mean grey that each cell then has. */
import type { Grey } from "./grey";

/** The top left corner of the grid on the picture, and the edge of a cell, in pixels of the picture. */
export interface Frame {
  left: number;
  top: number;
  cell: number;
}

export const PAPER = 255;

/** The whole picture, in the middle of the grid. */
export function wholeFrame({ width, height }: Grey, columns: number, rows: number): Frame {
  const cell = Math.max(width / columns, height / rows);
  return { left: (width - cell * columns) / 2, top: (height - cell * rows) / 2, cell };
}

/**
 * What is darker than `threshold`, as large as it goes with a cell's breadth of paper around it, and its centre of
 * mass as near to the middle of the grid as that room allows. Null if nothing is.
 */
export function centredFrame(picture: Grey, columns: number, rows: number, threshold: number): Frame | null {
  const { width, height, values } = picture;
  let [left, top, right, bottom] = [width, height, -1, -1];
  let [mass, across, down] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((values[y * width + x] ?? PAPER) >= threshold) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
      mass += 1;
      across += x + 0.5;
      down += y + 0.5;
    }
  }
  if (mass === 0) return null;
  const margin = Math.min(columns, rows) >= 8 ? 2 : 0;
  const [wide, high] = [right + 1 - left, bottom + 1 - top];
  const cell = Math.max(wide / (columns - margin), high / (rows - margin));
  // The grid's corner may lie anywhere between "content at its far side" and "content at its near side".
  const place = (middle: number, low: number, high: number, length: number) =>
    Math.max(high - length, Math.min(low, middle - length / 2));
  return {
    left: place(across / mass, left, right + 1, cell * columns),
    top: place(down / mass, top, bottom + 1, cell * rows),
    cell,
  };
}

/** The mean grey of each cell, and how much of each cell the picture covers (0 to 1); the rest is paper. */
export function cellGreys(
  { width, height, values }: Grey,
  { left, top, cell }: Frame,
  columns: number,
  rows: number,
): { greys: Float32Array; cover: Float32Array } {
  const greys = new Float32Array(columns * rows);
  const cover = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const [y0, y1] = [top + row * cell, top + (row + 1) * cell];
    for (let column = 0; column < columns; column++) {
      const [x0, x1] = [left + column * cell, left + (column + 1) * cell];
      let area = 0;
      let sum = 0;
      for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, y1); y++) {
        const part = Math.min(y + 1, y1) - Math.max(y, y0);
        for (let x = Math.max(0, Math.floor(x0)); x < Math.min(width, x1); x++) {
          const share = part * (Math.min(x + 1, x1) - Math.max(x, x0));
          area += share;
          sum += share * (values[y * width + x] ?? PAPER);
        }
      }
      const i = row * columns + column;
      const whole = cell * cell;
      cover[i] = area / whole;
      greys[i] = (sum + (whole - area) * PAPER) / whole;
    }
  }
  return { greys, cover };
}

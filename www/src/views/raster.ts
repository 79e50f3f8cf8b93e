/** Any sheet of numbers as a picture: one cell a number, coloured by a map, and a frame around one of them. */
import { drawCross, ROOM_FOR_CROSS } from "./mark";
import { pixelMap, type Scale, step } from "./palette";
import { enlarge, hexColour } from "./pixels";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface Numbers extends Scale {
  width: number;
  height: number;
  /** Row by row. */
  values: Float32Array;
}

export interface Raster extends Numbers {
  /** Number with a frame around it, or −1. */
  cursor: number;
}

export interface RasterPlace {
  /** Edge of a cell and the top left corner, in CSS pixels. */
  cell: number;
  left: number;
  top: number;
}

/** Where the cells lie in a box: square, in the middle, and whole device pixels where there is room for that. */
export function placeRaster(
  boxWidth: number,
  boxHeight: number,
  columns: number,
  rows: number,
  ratio: number,
): RasterPlace {
  const room = ratio * Math.min((boxWidth - 2) / columns, (boxHeight - 2) / rows);
  const cell = (room >= 1 ? Math.floor(room) : room) / ratio;
  const snap = (length: number) => Math.round(length * ratio) / ratio;
  return { cell, left: snap((boxWidth - cell * columns) / 2), top: snap((boxHeight - cell * rows) / 2) };
}

export function drawRaster(canvas: Target, data: Raster, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, ratio } = area;
  const { width, height, cursor } = data;
  const { cell, left, top } = placeRaster(area.width, area.height, width, height, ratio);
  paint(context, data, left, top, cell, theme);
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width * cell + 1, height * cell + 1);
  if (cursor < 0) return;
  // Around the cell, not on it: some cells are as small as a pixel.
  const [x, y] = [left + (cursor % width) * cell, top + Math.floor(cursor / width) * cell];
  for (const [colour, line, room] of [
    [theme.paper, 4, 2],
    [theme.accent, 2, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(x - room, y - room, cell + 2 * room, cell + 2 * room);
  }
}

/** The cells alone, enlarged without smoothing; a cross where there is no number. */
export function paint(
  context: CanvasRenderingContext2D,
  data: Numbers,
  left: number,
  top: number,
  cell: number,
  theme: Theme,
): void {
  const { width, height, values } = data;
  if (values.length !== width * height) return;
  const colours = pixelMap(data.palette, theme);
  const crosses = cell >= ROOM_FOR_CROSS;
  // On no map there is grey: where a cross has no room, it stands for it.
  const none = hexColour(crosses ? theme.sheet : theme.edge);
  enlarge(context, width, height, [left, top, width * cell, height * cell], (pixels) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      pixels[i] = Number.isNaN(value) ? none : (colours[step(value, data)] ?? none);
    }
  });
  if (!crosses) return;
  for (const [i, value] of values.entries()) {
    if (!Number.isNaN(value)) continue;
    drawCross(context, left + (i % width) * cell, top + Math.floor(i / width) * cell, cell, theme);
  }
}

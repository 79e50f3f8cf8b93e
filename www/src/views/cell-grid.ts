/** The network's state as a picture: ink is +1, paper −1, and between them grey; hatched is unknown. */
import { isGrey } from "../cells";
import { inkPixels } from "./ink";
import { drawMark } from "./mark";
import { enlarge, hexColour, mixed } from "./pixels";
import { type Numbers, paint } from "./raster";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface GridPlace {
  /** Edge of a cell and the top left corner of the picture, in CSS pixels. */
  cell: number;
  left: number;
  top: number;
}

/**
 * Where the cells lie in a box: square, and whole device pixels where there is room for that; at the top, or in the
 * middle if they are a band.
 */
export function placeGrid(
  boxWidth: number,
  boxHeight: number,
  columns: number,
  rows: number,
  ratio: number,
): GridPlace {
  const room = ratio * Math.min((boxWidth - 2) / columns, (boxHeight - 2) / rows);
  const cell = Math.max(0.01, room >= 1 ? Math.floor(room) : room) / ratio;
  const snap = (length: number) => Math.round(length * ratio) / ratio;
  const rest = boxHeight - cell * rows;
  const top = rest > boxHeight / 2 ? snap(rest / 2) : 1;
  return { cell, left: snap((boxWidth - cell * columns) / 2), top };
}

export interface CellGrid {
  columns: number;
  rows: number;
  /** −1, +1, or 0 for unknown; or, in single precision, any grey. */
  cells: ArrayLike<number>;
  held: readonly number[];
  /** Unit in a frame: the one asked last, or asked about; −1 for none. */
  visited: number;
  /** How lately each unit flipped: 1 just now, 0 long ago. Null for none. */
  glow: Float32Array | null;
  /** Unit under the keyboard's cursor, or −1. */
  cursor: number;
  /** Cells that a touch would change: columns and rows from the one to the other, both included. Null for none. */
  brush: CellBox | null;
  /** A number a unit to lay over the picture, or null. */
  overlay: Overlay | null;
}

export interface CellBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Overlay extends Numbers {
  /** It takes the place of the picture: colours only. */
  instead: boolean;
}

/** Cells smaller than this, in CSS pixels, have no room for a square inside: then the colours take their place. */
const ROOM_FOR_MARKS = 8;

/** Whether numbers are drawn as squares over cells of this size. */
export function hasMarks({ instead }: Overlay, cell: number): boolean {
  return !instead && cell >= ROOM_FOR_MARKS;
}

/** How much of a cell that just flipped is the accent. */
const GLOW = 0.85;
/** Below this a flash is over. */
const DIM = 0.02;
/** Cells smaller than this, in CSS pixels, have no room for lines between them, or for a hatch. */
const ROOM_FOR_LINES = 9;
const ROOM_FOR_HATCH = 6;
/** In cells smaller than this nothing more than a colour is seen; frames stand around them. */
const ROOM_FOR_PINS = 4;
const FRAME_ROOM = 2;
/** How much of such a cell that is held is grey. */
const HELD = 0.45;

export function drawCellGrid(canvas: Target, data: CellGrid, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, ratio } = area;
  const { columns, rows } = data;
  const { cell, left, top } = placeGrid(area.width, area.height, columns, rows, ratio);
  const gap = cell >= ROOM_FOR_LINES ? 1 / ratio : 0;
  const at = (unit: number): [number, number] => [
    left + (unit % columns) * cell,
    top + Math.floor(unit / columns) * cell,
  ];

  // One pixel a cell, then enlarged: the time hardly grows with the number of cells.
  const pinned = cell >= ROOM_FOR_PINS;
  enlarge(context, columns, rows, [left, top, columns * cell, rows * cell], (pixels) =>
    colour(pixels, data, pinned ? [] : data.held, theme),
  );
  if (cell >= ROOM_FOR_HATCH && !isGrey(data.cells)) hatch(context, data, at, cell, ratio, theme);
  if (gap > 0) lines(context, left, top, columns, rows, cell, gap, theme);
  if (data.overlay) layOver(context, data.overlay, at, left, top, cell, gap, theme);
  if (pinned) pins(context, data, at, cell - gap, theme);

  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, columns * cell - gap + 1, rows * cell - gap + 1);
  const thin = Math.min(3, cell / 6 + 1);
  const one = (unit: number) => (pinned ? box(at(unit), cell - gap) : around(at(unit), cell));
  if (data.visited >= 0) frame(context, one(data.visited), theme.accent, thin);
  if (data.brush) {
    const { left: first, top: upper, right, bottom } = data.brush;
    const [x, y] = at(upper * columns + first);
    const size = [(right - first + 1) * cell - gap, (bottom - upper + 1) * cell - gap] as const;
    frame(context, [x - 1, y - 1, size[0] + 2, size[1] + 2], theme.paper, 4);
    frame(context, [x, y, ...size], theme.accent, 2);
  }
  if (data.cursor >= 0) {
    frame(context, one(data.cursor), theme.paper, Math.min(5, cell / 4 + 1));
    frame(context, one(data.cursor), theme.accent, thin);
  }
}

/** Cells in their colours; one that just flipped wears the accent for a moment. */
function colour(pixels: Uint32Array, { cells, glow }: CellGrid, held: readonly number[], theme: Theme): void {
  const line = hexColour(theme.line);
  inkPixels(pixels, cells, theme, line);
  if (held.length > 0) {
    const edge = hexColour(theme.edge);
    for (const unit of held) pixels[unit] = mixed(pixels[unit] ?? 0, edge, HELD);
  }
  if (!glow) return;
  const accent = hexColour(theme.accent);
  for (let i = 0; i < glow.length; i++) {
    const heat = glow[i] ?? 0;
    if (heat >= DIM) pixels[i] = mixed(pixels[i] ?? 0, accent, GLOW * heat);
  }
}

/** The lines between the cells. */
function lines(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  columns: number,
  rows: number,
  cell: number,
  gap: number,
  theme: Theme,
): void {
  context.fillStyle = theme.line;
  for (let x = 1; x <= columns; x++) context.fillRect(left + x * cell - gap, top, gap, rows * cell);
  for (let y = 1; y <= rows; y++) context.fillRect(left, top + y * cell - gap, columns * cell, gap);
}

/** Slanted lines over cells that are unknown. */
function hatch(
  context: CanvasRenderingContext2D,
  { columns, cells }: CellGrid,
  at: (unit: number) => [number, number],
  cell: number,
  ratio: number,
  theme: Theme,
): void {
  let first = unknownFrom(cells, 0);
  if (first < 0) return;
  context.fillStyle = slanted(context, cell, ratio, theme) ?? theme.edge;
  while (first >= 0) {
    // Side by side in one row, they are one box.
    const end = Math.ceil((first + 1) / columns) * columns;
    let last = first;
    while (last + 1 < end && cells[last + 1] === 0) last++;
    context.fillRect(...at(first), (last - first + 1) * cell, cell);
    first = unknownFrom(cells, last + 1);
  }
}

function unknownFrom(cells: ArrayLike<number>, from: number): number {
  for (let i = from; i < cells.length; i++) if (cells[i] === 0) return i;
  return -1;
}

function slanted(context: CanvasRenderingContext2D, cell: number, ratio: number, theme: Theme): CanvasPattern | null {
  // Whole device pixels, so that the lines of one tile go on in the next.
  const edge = Math.round(Math.max(4, cell / 5) * ratio);
  const tile = document.createElement("canvas");
  tile.width = edge;
  tile.height = edge;
  const pen = tile.getContext("2d");
  if (!pen) return null;
  pen.strokeStyle = theme.edge;
  pen.lineWidth = ratio;
  for (const shift of [-edge, 0, edge]) {
    pen.moveTo(shift - edge, 2 * edge);
    pen.lineTo(shift + 2 * edge, -edge);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, 0, 0]));
  return pattern;
}

function layOver(
  context: CanvasRenderingContext2D,
  overlay: Overlay,
  at: (unit: number) => [number, number],
  left: number,
  top: number,
  cell: number,
  gap: number,
  theme: Theme,
): void {
  if (!hasMarks(overlay, cell)) {
    paint(context, overlay, left, top, cell, theme);
    return;
  }
  const { values, scale } = overlay;
  for (let i = 0; i < values.length; i++) drawMark(context, ...at(i), cell - gap, (values[i] ?? 0) / scale, theme);
}

/** A pin in the middle marks a unit held fixed; where cells are small it is a square. */
function pins(
  context: CanvasRenderingContext2D,
  { held, cells }: CellGrid,
  at: (unit: number) => [number, number],
  size: number,
  theme: Theme,
): void {
  const radius = Math.max(1.5, size / 7);
  for (const dark of [true, false]) {
    context.fillStyle = dark ? theme.sheet : theme.ink;
    context.beginPath();
    for (const unit of held) {
      if ((cells[unit] ?? 0) > 0 !== dark) continue;
      const [x, y] = at(unit);
      const [across, down] = [x + size / 2, y + size / 2];
      if (size < ROOM_FOR_LINES) {
        context.fillRect(across - radius, down - radius, 2 * radius, 2 * radius);
        continue;
      }
      context.moveTo(across + radius, down);
      context.arc(across, down, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }
}

type Box = readonly [x: number, y: number, width: number, height: number];

const box = ([x, y]: [number, number], size: number): Box => [x, y, size, size];

/** The box around a cell that is too small for a line inside. */
const around = ([x, y]: [number, number], size: number): Box =>
  box([x - FRAME_ROOM, y - FRAME_ROOM], size + 2 * FRAME_ROOM);

/** A line along the inner side of a box. */
function frame(context: CanvasRenderingContext2D, [x, y, across, down]: Box, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(x + width / 2, y + width / 2, across - width, down - width);
}

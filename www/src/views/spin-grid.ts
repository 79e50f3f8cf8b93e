/** The network's state as a picture: ink is +1, paper −1, hatched is unknown. */
import { drawMark } from "./mark";
import { type Numbers, paint } from "./raster";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface GridPlace {
  /** Edge of a cell and the top left corner of the picture, in CSS pixels. */
  cell: number;
  left: number;
  top: number;
}

/** Where the cells lie in a box: square, whole device pixels; at the top, or in the middle if they are a band. */
export function placeGrid(
  boxWidth: number,
  boxHeight: number,
  columns: number,
  rows: number,
  ratio: number,
): GridPlace {
  const room = Math.min((boxWidth - 2) / columns, (boxHeight - 2) / rows);
  const cell = Math.max(1, Math.floor(room * ratio)) / ratio;
  const snap = (length: number) => Math.round(length * ratio) / ratio;
  const rest = boxHeight - cell * rows;
  const top = rest > boxHeight / 2 ? snap(rest / 2) : 1;
  return { cell, left: snap((boxWidth - cell * columns) / 2), top };
}

export interface SpinGrid {
  columns: number;
  rows: number;
  spins: Int8Array;
  held: readonly number[];
  /** Unit in a frame: the one asked last, or asked about; −1 for none. */
  visited: number;
  /** How lately each unit flipped: 1 just now, 0 long ago. Null for none. */
  glow: Float32Array | null;
  /** Unit under the keyboard's cursor, or −1. */
  cursor: number;
  /** A number a unit to lay over the picture, or null. */
  overlay: Overlay | null;
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

export function drawSpinGrid(canvas: Target, data: SpinGrid, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, ratio } = area;
  const { columns, rows, spins } = data;
  const { cell, left, top } = placeGrid(area.width, area.height, columns, rows, ratio);
  const gap = cell >= 9 ? 1 / ratio : 0;
  const at = (unit: number): [number, number] => [
    left + (unit % columns) * cell,
    top + Math.floor(unit / columns) * cell,
  ];

  context.fillStyle = theme.line;
  context.fillRect(left, top, columns * cell, rows * cell);
  context.fillStyle = theme.sheet;
  for (let i = 0; i < spins.length; i++) {
    const [x, y] = at(i);
    context.fillRect(x, y, cell - gap, cell - gap);
  }
  context.fillStyle = theme.ink;
  for (let i = 0; i < spins.length; i++) {
    if ((spins[i] ?? 0) <= 0) continue;
    const [x, y] = at(i);
    context.fillRect(x, y, cell - gap, cell - gap);
  }
  for (let i = 0; i < spins.length; i++) {
    if (spins[i] === 0) hatch(context, ...at(i), cell - gap, theme);
  }
  if (data.overlay) layOver(context, data.overlay, at, left, top, cell, gap, theme);
  if (data.glow) glow(context, data.glow, at, cell - gap, theme);
  for (const unit of data.held) pin(context, ...at(unit), cell - gap, (spins[unit] ?? 0) > 0, theme);

  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, columns * cell - gap + 1, rows * cell - gap + 1);
  if (data.visited >= 0) frame(context, ...at(data.visited), cell - gap, theme.accent, Math.min(3, cell / 6 + 1));
  if (data.cursor >= 0) {
    frame(context, ...at(data.cursor), cell - gap, theme.paper, Math.min(5, cell / 4 + 1));
    frame(context, ...at(data.cursor), cell - gap, theme.accent, Math.min(3, cell / 6 + 1));
  }
}

function hatch(context: CanvasRenderingContext2D, x: number, y: number, size: number, theme: Theme): void {
  context.fillStyle = theme.line;
  context.fillRect(x, y, size, size);
  if (size < 6) return;
  context.save();
  context.beginPath();
  context.rect(x, y, size, size);
  context.clip();
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.beginPath();
  const step = Math.max(4, size / 5);
  for (let shift = -size; shift < size; shift += step) {
    context.moveTo(x + shift, y + size);
    context.lineTo(x + shift + size, y);
  }
  context.stroke();
  context.restore();
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

/** A cell that just flipped wears the accent for a moment. */
function glow(
  context: CanvasRenderingContext2D,
  heat: Float32Array,
  at: (unit: number) => [number, number],
  size: number,
  theme: Theme,
): void {
  context.fillStyle = theme.accent;
  for (let i = 0; i < heat.length; i++) {
    const value = heat[i] ?? 0;
    if (value < 0.02) continue;
    context.globalAlpha = 0.85 * value;
    const [x, y] = at(i);
    context.fillRect(x, y, size, size);
  }
  context.globalAlpha = 1;
}

/** A pin in the middle marks a unit held fixed. */
function pin(context: CanvasRenderingContext2D, x: number, y: number, size: number, dark: boolean, theme: Theme): void {
  context.fillStyle = dark ? theme.sheet : theme.ink;
  context.beginPath();
  context.arc(x + size / 2, y + size / 2, Math.max(1.5, size / 7), 0, 2 * Math.PI);
  context.fill();
}

function frame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(x + width / 2, y + width / 2, size - width, size - width);
}

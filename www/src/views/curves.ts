/** One line a memory over the run: each with its own colour, its own dashes, and its name at the right. */
import { shorten } from "./bars";
import { drawCursors, drawDot, drawPlane, type Plane, path, RIGHT, rowsUntil, stroke, type Timeline } from "./plot";
import type { Target } from "./surface";
import { memoryColour, type Theme } from "./theme";

export interface Curves extends Timeline {
  /** The lines that are named, by memory; a memory's values are in column `first` + memory of a row. */
  named: readonly { memory: number; name: string; value: number }[];
  first: number;
  /** Memories in all: those without a name are seen as the band they lie in. */
  memories: number;
  range: readonly [number, number];
  /** How a value is written at the end of its line, and how at the axis. */
  format(value: number): string;
  tick(value: number): string;
}

/** Height of a name, and room for names and values at the right. */
export const NAME_ROW = 15;
export const NAMES = 112;
const SWATCH = 14;
const NAME = 46;

/** With the eight colours these make forty lines that can be told apart. */
const DASHES = [[], [7, 3], [2, 2], [8, 2, 2, 2], [4, 4]] as const;

export function drawCurves(canvas: Target, data: Curves, theme: Theme): void {
  const { table, columns, named, first, time, row, range } = data;
  const plane = drawPlane(canvas, data, ...range, data.tick, theme);
  if (!plane) return;
  const { context, x, y } = plane;
  if (named.length < data.memories) drawBand(plane, data, theme);
  drawCursors(plane, data, theme);
  const rows = Math.floor(table.length / columns);
  const here = rowsUntil(data, time);
  // The strongest lies on top.
  for (const { memory } of [...named].reverse()) {
    pen(context, memory, theme);
    context.globalAlpha = 0.35;
    path(plane, data, first + memory, Math.max(0, here - 1), rows);
    context.stroke();
    context.globalAlpha = 1;
    path(plane, data, first + memory, 0, here);
    context.stroke();
  }
  context.setLineDash([]);
  const at = x(row < 0 ? time : (table[row * columns] ?? 0));
  for (const { memory, value } of named) {
    if (!Number.isNaN(value)) drawDot(plane, at, y(value), 3.5, memoryColour(theme, memory), theme.paper);
  }
  drawNames(plane, data, theme);
}

function pen(context: CanvasRenderingContext2D, memory: number, theme: Theme): void {
  context.strokeStyle = memoryColour(theme, memory);
  context.lineWidth = 2;
  context.setLineDash([...(DASHES[memory % DASHES.length] ?? [])]);
}

/** Between the lowest and the highest of those without a name, for every column of pixels. */
function drawBand({ context, left, right, x, y }: Plane, data: Curves, theme: Theme): void {
  const { table, columns, first, memories } = data;
  const named = new Set(data.named.map(({ memory }) => memory));
  const rest = Array.from({ length: memories }, (_, memory) => memory).filter((memory) => !named.has(memory));
  const width = Math.ceil(right - left) + 1;
  const lows = new Float32Array(width).fill(Number.POSITIVE_INFINITY);
  const highs = new Float32Array(width).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i + columns <= table.length; i += columns) {
    const pixel = Math.round(x(table[i] ?? 0) - left);
    for (const memory of rest) {
      const value = table[i + first + memory] ?? Number.NaN;
      if (value < (lows[pixel] ?? 0)) lows[pixel] = value;
      if (value > (highs[pixel] ?? 0)) highs[pixel] = value;
    }
  }
  const filled = [...lows.keys()].filter((pixel) => (lows[pixel] ?? 0) <= (highs[pixel] ?? 0));
  context.fillStyle = theme.line;
  context.beginPath();
  for (const pixel of filled) context.lineTo(left + pixel, y(highs[pixel] ?? 0) - 1);
  for (const pixel of filled.reverse()) context.lineTo(left + pixel, y(lows[pixel] ?? 0) + 1);
  context.fill();
}

/** Names beside the heights of their values, moved apart until none lies on another. */
function drawNames({ context, right, top, bottom, y }: Plane, { named, format }: Curves, theme: Theme): void {
  const places = named
    .map((line) => ({ ...line, at: Number.isNaN(line.value) ? bottom : y(line.value) }))
    .sort((a, b) => a.at - b.at || a.memory - b.memory);
  const highest = top - 4 + NAME_ROW / 2;
  places.forEach((place, i) => {
    place.at = Math.max(place.at, i === 0 ? highest : (places[i - 1]?.at ?? 0) + NAME_ROW);
  });
  let lowest = bottom + 10 - NAME_ROW / 2;
  for (const place of places.reverse()) {
    place.at = Math.min(place.at, lowest);
    lowest = place.at - NAME_ROW;
  }
  const from = right + RIGHT / 2;
  context.textBaseline = "middle";
  for (const { memory, name, value, at } of places) {
    pen(context, memory, theme);
    stroke(context, from, at, from + SWATCH, at);
    context.fillStyle = theme.ink;
    context.textAlign = "left";
    context.font = `13px ${theme.text}`;
    context.fillText(shorten(context, name, NAME), from + SWATCH + 4, at);
    context.textAlign = "right";
    context.font = `12px ${theme.figures}`;
    if (!Number.isNaN(value)) context.fillText(format(value), right + NAMES, at);
  }
  context.setLineDash([]);
}

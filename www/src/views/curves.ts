/** One line a memory over the run: each with its own colour, its own dashes, and its name at the right. */
import { shorten } from "./bars";
import { Covered, drawLine } from "./line";
import { drawCursors, drawDot, drawPlane, type Plane, RIGHT, rowsUntil, stroke, type Timeline } from "./plot";
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
  tick(value: number, step: number): string;
}

/** Height of a name, and room for names and values at the right. */
export const NAME_ROW = 15;
export const NAMES = 112;
const SWATCH = 14;
const NAME = 46;

/** With the eight colours these make forty lines that can be told apart. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [8, 2, 2, 2], [4, 4]];

const dashOf = (memory: number): readonly number[] => DASHES[memory % DASHES.length] ?? [];

export function drawCurves(canvas: Target, data: Curves, theme: Theme): void {
  const { table, columns, named, first, time, row, range } = data;
  const plane = drawPlane(canvas, data, ...range, data.tick, theme);
  if (!plane) return;
  const { x, y } = plane;
  if (named.length < data.memories) drawBand(plane, data, theme);
  drawCursors(plane, data, theme);
  const rows = Math.floor(table.length / columns);
  const here = rowsUntil(data, time);
  // The strongest lies on top.
  for (const { memory } of [...named].reverse()) {
    const style = { colour: memoryColour(theme, memory), dash: dashOf(memory) };
    drawLine(plane, data, first + memory, here < rows ? Math.max(0, here - 1) : rows, rows, { ...style, faint: true });
    drawLine(plane, data, first + memory, 0, here, { ...style, faint: false });
  }
  const at = x(row < 0 ? time : (table[row * columns] ?? 0));
  for (const { memory, value } of named) {
    if (!Number.isNaN(value)) drawDot(plane, at, y(value), 3.5, memoryColour(theme, memory), theme.paper);
  }
  drawNames(plane, data, theme);
}

/** What those without a name cover between them. */
function drawBand(plane: Plane, data: Curves, theme: Theme): void {
  const { table, columns, first, memories } = data;
  const { x, y, context } = plane;
  const named = new Set(data.named.map(({ memory }) => memory));
  const rest = Array.from({ length: memories }, (_, memory) => first + memory).filter((at) => !named.has(at - first));
  const [highest, lowest] = [new Covered(plane), new Covered(plane)];
  for (let i = 0; i + columns <= table.length; i += columns) {
    let [high, low] = [Number.NaN, Number.NaN];
    for (const column of rest) {
      const value = table[i + column] ?? Number.NaN;
      if (!(value <= high)) high = Number.isNaN(value) ? high : value;
      if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    }
    const at = x(table[i] ?? 0);
    highest.to(at, y(high));
    lowest.to(at, y(low));
  }
  highest.join(lowest);
  highest.paint(context, { colour: theme.line, dash: [], faint: false });
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
    context.strokeStyle = memoryColour(theme, memory);
    context.lineWidth = 2;
    context.setLineDash([...dashOf(memory)]);
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

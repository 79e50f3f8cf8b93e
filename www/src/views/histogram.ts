/** How numbers are spread: a bar a bin, coloured as the map colours its numbers, and the outline of what was before. */
import { colourMap, colourOf, lowest, type Scale } from "./palette";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface Bins extends Scale {
  /** Outer edges of the first and the last bin; all are equally wide. */
  low: number;
  high: number;
  counts: readonly number[];
  before: readonly number[] | null;
  /** Room that is left free at the right, in pixels: the axis is that of the legend below. */
  free: number;
  /** The bin that is read, or −1. */
  cursor: number;
  format(count: number): string;
}

const TOP = 14;

export function drawHistogram(canvas: Target, data: Bins, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, height } = area;
  const { counts, before, cursor } = data;
  const width = area.width - data.free;
  const most = Math.max(1, ...counts, ...(before ?? []));
  const edge = (bin: number) => placeOf(data.low + ((data.high - data.low) * bin) / counts.length, data, width);
  const level = (count: number) => height - ((height - TOP) * count) / most;
  context.lineWidth = 1;
  context.strokeStyle = theme.line;
  context.beginPath();
  context.moveTo(0, TOP - 0.5);
  context.lineTo(width, TOP - 0.5);
  context.stroke();
  const map = colourMap(data.palette, theme);
  for (const [bin, count] of counts.entries()) {
    if (count === 0) continue;
    // What is there is seen, though it be one among millions.
    const [left, right, top] = [edge(bin), edge(bin + 1), Math.min(level(count), height - 1.5)];
    context.fillStyle = colourOf(data.low + ((data.high - data.low) * (bin + 0.5)) / counts.length, data, map);
    context.fillRect(left, top, right - left, height - top);
    context.strokeStyle = bin === cursor ? theme.accent : theme.edge;
    context.lineWidth = bin === cursor ? 2 : 1;
    context.strokeRect(left + 0.5, top + 0.5, Math.max(0.5, right - left - 1), height - top);
  }
  if (before) {
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.5;
    context.setLineDash([3, 2]);
    context.beginPath();
    context.moveTo(edge(0), height);
    for (const [bin, count] of before.entries()) {
      context.lineTo(edge(bin), level(count));
      context.lineTo(edge(bin + 1), level(count));
    }
    context.lineTo(edge(before.length), height);
    context.stroke();
    context.setLineDash([]);
  }
  context.font = `12px ${theme.figures}`;
  context.fillStyle = theme.soft;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(data.format(most), 0, TOP - 4);
}

/** The bin under a place of the canvas, or −1. */
export function binAt(x: number, { counts, low, high, palette, scale, free }: Bins, canvasWidth: number): number {
  const width = canvasWidth - free;
  const [from, to] = [low, high].map((value) => placeOf(value, { palette, scale }, width)) as [number, number];
  const bin = Math.floor(((x - from) / (to - from || 1)) * counts.length);
  return bin >= 0 && bin < counts.length ? bin : -1;
}

function placeOf(value: number, scale: Scale, width: number): number {
  const low = lowest(scale);
  return ((value - low) / (scale.scale - low || 1)) * width;
}

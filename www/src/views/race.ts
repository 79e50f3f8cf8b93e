/** One quantity of several machines over the run: a line each, told apart by dashes and colour, with its number at the end. */
import { drawLine } from "./line";
import { drawDot, drawPlane, type Plane, RIGHT, rowsUntil, type Series, stroke, type Timeline } from "./plot";
import type { Target } from "./surface";
import type { Theme } from "./theme";

export interface Racer {
  /** What stands at the end of its line. */
  name: string;
  series: Series;
  /** Where in a row its values are, the value at the moment looked at, and where it lies. */
  column: number;
  value: number;
  range: readonly [number, number];
  /** Its own time over that of the sheet. */
  pace: number;
  /** Its own time at the moment looked at. */
  time: number;
  /** It has come to rest, and waits: its line goes on as it is. */
  waits: boolean;
}

export interface Race extends Timeline {
  racers: readonly Racer[];
  /** The scale of all of them; null if each has its own, from 0 to 1 of the sheet. */
  range: readonly [number, number] | null;
  tick(value: number): string;
}

/** Room for numbers at the right. */
export const RACE_NAMES = 30;
const ROW = 15;

/** Two colours that no memory has, each with a whole line and a broken one. */
export function racerStyle(place: number, theme: Theme): { colour: string; dash: readonly number[] } {
  return { colour: place % 2 === 0 ? theme.ink : theme.accent, dash: place < 2 ? [] : [7, 4] };
}

export function drawRace(canvas: Target, data: Race, theme: Theme): void {
  const [low, high] = data.range ?? [0, 1];
  const plane = drawPlane(canvas, data, low, high, data.range ? data.tick : () => "", theme);
  if (!plane) return;
  const { context, x, top, bottom } = plane;
  const read = data.row < 0 ? data.time : (data.table[data.row * data.columns] ?? 0);
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  const at = Math.round(x(read)) + 0.5;
  stroke(context, at, top - 4, at, bottom + 4);
  const ends = data.racers.map((racer, place) => drawRacer(plane, racer, place, data, theme));
  drawNumbers(plane, data.racers, ends, theme);
}

/** Returns the height at which it ends. */
function drawRacer(plane: Plane, racer: Racer, place: number, data: Race, theme: Theme): number {
  const { series, column, pace, value, waits } = racer;
  const [low, high] = racer.range;
  const share = (value: number) => (data.range ? value : high > low ? (value - low) / (high - low) : 0.5);
  const own: Plane = { ...plane, x: (time) => plane.x(time / pace), y: (value) => plane.y(share(value)) };
  const style = racerStyle(place, theme);
  const rows = Math.floor(series.table.length / series.columns);
  const here = rowsUntil(series, racer.time);
  const line = (from: number, to: number, faint: boolean, last: readonly [number, number] | null) =>
    drawLine(own, series, column, from, to, { ...style, faint }, last);
  line(here < rows ? Math.max(0, here - 1) : rows, rows, true, null);
  const now = [data.time * pace, value] as const;
  line(0, here, false, here > 0 ? now : null);
  if (waits && here < rows) line(rows, rows, true, null);
  const height = own.y(value);
  drawDot(plane, plane.x(data.time), height, 4, style.colour, theme.paper);
  return height;
}

/** Beside the sheet, moved apart until none lies on another. */
function drawNumbers({ context, right, top, bottom }: Plane, racers: readonly Racer[], ends: number[], theme: Theme) {
  const places = ends
    .map((end, place) => ({ place, at: Number.isNaN(end) ? bottom : end }))
    .sort((a, b) => a.at - b.at || a.place - b.place);
  places.forEach((one, i) => {
    one.at = Math.max(one.at, i === 0 ? top : (places[i - 1]?.at ?? 0) + ROW);
  });
  let lowest = bottom + 4;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = `600 13px ${theme.figures}`;
  for (const one of places.reverse()) {
    one.at = Math.min(one.at, lowest);
    lowest = one.at - ROW;
    context.fillStyle = racerStyle(one.place, theme).colour;
    context.fillText(racers[one.place]?.name ?? "", right + RIGHT / 2 + 4, one.at);
  }
}

/** Points of a course that is drawn by hand: from the engine's list of numbers and back, and from a stroke of the pen. */

/** Fraction of the run, and the value there. */
export interface Point {
  x: number;
  y: number;
}

/** As many as the engine takes. */
export const MOST = 64;
/** A stroke of the pen becomes at most so many, so that they can be taken hold of. */
const STROKE = 16;

export function pointsOf(list: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) points.push({ x: list[i] ?? 0, y: list[i + 1] ?? 0 });
  return points;
}

export function listOf(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}

/** As precise as a hand is, and a link has to write out. */
export function rounded({ x, y }: Point): Point {
  return { x: Number(Math.min(1, Math.max(0, x)).toFixed(4)), y: Number(Math.max(0, y).toPrecision(3)) };
}

/** The value at a fraction: straight lines from point to point, and level before the first and after the last. */
export function valueAt(points: readonly Point[], x: number): number {
  const after = points.findIndex((point) => point.x > x);
  const to = points[after < 0 ? points.length - 1 : after];
  const from = after < 0 ? to : (points[after - 1] ?? to);
  if (!from || !to) return 0;
  return to.x === from.x ? to.y : from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
}

/** A point in the middle of the piece after that of an index (or of the last piece), and its index. */
export function withOneMore(points: readonly Point[], index: number): [Point[], number] {
  const from = points[index];
  if (!from || points.length >= MOST) return [[...points], index];
  const to = points[index + 1];
  const before = points[index - 1];
  // After the last there is room up to the end, if it does not stand there itself.
  const [at, x] = to
    ? [index + 1, (from.x + to.x) / 2]
    : from.x < 1
      ? [index + 1, (from.x + 1) / 2]
      : [index, ((before?.x ?? 0) + from.x) / 2];
  const point = rounded({ x, y: valueAt(points, x) });
  return [[...points.slice(0, at), point, ...points.slice(at)], at];
}

/**
 * The points with those under a stroke of the pen replaced by it. `scale`: how long x and y are on the screen, for how
 * far a line may be from the stroke. Where a stroke goes back on itself its end counts.
 */
export function drawn(points: readonly Point[], stroke: readonly Point[], scale: Point): Point[] {
  const latest = new Map<number, Point>();
  for (const point of stroke) latest.set(Math.round(point.x * scale.x), point);
  const line = [...latest.values()].sort((a, b) => a.x - b.x);
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return [...points];
  const rest = (side: (point: Point) => boolean) => points.filter(side);
  const [before, after] = [rest(({ x }) => x < first.x), rest(({ x }) => x > last.x)];
  const room = Math.max(2, Math.min(STROKE, MOST - before.length - after.length));
  let few = line;
  for (let near = 1.5; few.length > room || near === 1.5; near *= 1.5) few = simplified(line, near, scale);
  return [...before, ...few.map(rounded), ...after].slice(0, MOST);
}

/** A line with fewer points, that is nowhere further than `near` from it on the screen (Douglas and Peucker). */
function simplified(line: readonly Point[], near: number, scale: Point): Point[] {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || line.length < 3) return [...line];
  let [worst, at] = [0, 0];
  for (const [i, point] of line.entries()) {
    const off = Math.abs(point.y - valueAt([first, last], point.x)) * scale.y;
    if (off > worst) [worst, at] = [off, i];
  }
  if (worst <= near) return [first, last];
  const [left, right] = [line.slice(0, at + 1), line.slice(at)];
  return [...simplified(left, near, scale), ...simplified(right, near, scale).slice(1)];
}

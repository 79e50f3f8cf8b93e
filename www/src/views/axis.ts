/** Round numbers for an axis, and room for them. */
export interface Axis {
  low: number;
  high: number;
  ticks: number[];
}

/** A difference this small beside the numbers is none: some of them come in single precision. */
const ROUNDING = 3e-7;

/** An axis that holds the values, with about `wanted` ticks at 1, 2 or 5 times a power of ten. */
export function niceAxis(low: number, high: number, wanted: number): Axis {
  // What runs away leaves no range at all.
  if (!Number.isFinite(low) || !Number.isFinite(high)) return niceAxis(0, 1, wanted);
  // A range that is nothing but rounding has no round numbers in it.
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low > ROUNDING * size)) {
    const room = Math.max(1, size * 0.1);
    // What is not negative gets no axis below zero.
    return niceAxis(low < 0 ? low - room : Math.max(0, low - room), high + room, wanted);
  }
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks: number[] = [];
  for (let i = first; i <= last; i++) ticks.push(i * step);
  return { low: first * step, high: last * step, ticks };
}

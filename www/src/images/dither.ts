/** Ink and paper from greys: by one threshold, or with each cell's error passed on to those that come after it. */

export function byThreshold(greys: Float32Array, threshold: number): string {
  return Array.from(greys, (grey) => (grey < threshold ? "1" : "0")).join("");
}

/** Shares of a cell's error for its neighbours (Floyd and Steinberg): to the right, below left, below, below right. */
const SHARES: readonly [across: number, down: number, share: number][] = [
  [1, 0, 7 / 16],
  [-1, 1, 3 / 16],
  [0, 1, 5 / 16],
  [1, 1, 1 / 16],
];

/**
 * Greys by dots. A threshold in the middle keeps each tone; another makes the whole darker or lighter first. Cells that
 * the picture does not cover stay paper.
 */
export function byDots(
  greys: Float32Array,
  cover: Float32Array,
  columns: number,
  rows: number,
  threshold: number,
): string {
  const tones = greys.map((grey) => grey + 127.5 - threshold);
  const bits: string[] = [];
  for (let i = 0; i < tones.length; i++) {
    const tone = tones[i] ?? 0;
    const ink = tone < 127.5 && (cover[i] ?? 0) > 0;
    bits.push(ink ? "1" : "0");
    if ((cover[i] ?? 0) <= 0) continue;
    const error = tone - (ink ? 0 : 255);
    const column = i % columns;
    const row = (i - column) / columns;
    for (const [across, down, share] of SHARES) {
      const x = column + across;
      if (x < 0 || x >= columns || row + down >= rows) continue;
      const at = i + across + down * columns;
      tones[at] = (tones[at] ?? 0) + error * share;
    }
  }
  return bits.join("");
}

/** Pictures as numbers and as text. A number is a cell: −1 is paper, +1 is ink; in text it is one character. */
import type { Cells, Memory } from "./engine/types";

/** Levels of grey in text, from paper to ink. */
const LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const levelOf = new Float32Array(128);
for (let i = 0; i < LEVELS.length; i++) levelOf[LEVELS.charCodeAt(i)] = (2 * i) / (LEVELS.length - 1) - 1;
/** Two greys nearer to each other than half of a level are written alike. */
const HALF_LEVEL = 1 / (LEVELS.length - 1);
const ONE = "1".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

const known = new WeakMap<Memory, Cells>();

/** A memory's cells, read once however often they are asked for. */
export function cellsOf(memory: Memory): Cells {
  let cells = known.get(memory);
  if (!cells) {
    const { bits, grey } = memory;
    cells = grey === null ? cellsOfBits(bits) : cellsOfGrey(grey);
    known.set(memory, cells);
  }
  return cells;
}

function cellsOfGrey(grey: string): Float32Array {
  const cells = new Float32Array(grey.length);
  for (let i = 0; i < cells.length; i++) cells[i] = levelOf[grey.charCodeAt(i)] ?? 0;
  return cells;
}

/** 1 is ink, 0 paper, and anything else unknown. */
export function cellsOfBits(bits: string): Int8Array {
  const cells = new Int8Array(bits.length);
  for (let i = 0; i < cells.length; i++) {
    const code = bits.charCodeAt(i);
    cells[i] = code === ONE ? 1 : code === ZERO ? -1 : 0;
  }
  return cells;
}

/** Whether a cell of these may be any grey. Where none may, 0 is no grey: it is not known what the cell is. */
export function isGrey(cells: ArrayLike<number>): boolean {
  return cells instanceof Float32Array;
}

/** Cells in which a picture is not as another, and those of which it is not known. */
export function compare(cells: Cells, other: Cells): { wrong: number; unknown: number } {
  const near = isGrey(cells) ? HALF_LEVEL : 0;
  let [wrong, unknown] = [0, 0];
  for (let i = 0; i < cells.length; i++) {
    const cell = clamped(cells[i] ?? 0);
    if (cell === 0 && near === 0) unknown += 1;
    else if (Math.abs(cell - (other[i] ?? 0)) > near) wrong += 1;
  }
  return { wrong, unknown };
}

/** Likeness of a picture with another, −1 to 1; cells of which it is not known count for nothing. */
export function likeness(cells: Cells, other: Cells): number {
  let [both, one, two] = [0, 0, 0];
  for (let i = 0; i < cells.length; i++) {
    const [a, b] = [clamped(cells[i] ?? 0), other[i] ?? 0];
    both += a * b;
    one += a * a;
    two += a === 0 ? 0 : b * b;
  }
  return both / (Math.sqrt(one * two) || 1);
}

/** As it is drawn: nothing is more than ink, or less than paper. */
const clamped = (cell: number) => (cell > 1 ? 1 : cell < -1 ? -1 : cell);

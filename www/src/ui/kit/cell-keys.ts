/** Cells are walked with the keys of a sheet: arrows, Home and End along the row, Page Up and Page Down up and down. */

export const CELL_KEYS: readonly string[] = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
];

/** The cell that a key leads to from the one at `at`, or the same at the edge; null if the key leads nowhere. */
export function cellByKey(key: string, at: number, columns: number, rows: number): number | null {
  const [x, y] = [at % columns, Math.floor(at / columns)];
  const to: Record<string, [number, number]> = {
    ArrowLeft: [x - 1, y],
    ArrowRight: [x + 1, y],
    ArrowUp: [x, y - 1],
    ArrowDown: [x, y + 1],
    Home: [0, y],
    End: [columns - 1, y],
    PageUp: [x, 0],
    PageDown: [x, rows - 1],
  };
  const target = to[key];
  if (!target) return null;
  const [across, down] = target;
  return across >= 0 && down >= 0 && across < columns && down < rows ? down * columns + across : at;
}

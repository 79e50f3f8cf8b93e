/** Pictures that were made on the page, as the table that a file of them would be. */

/** A picture and what it is called, if it is. */
export interface Row {
  /** What goes into its cells, row by row: numbers, of one span for all. */
  cells: ArrayLike<number>;
  name: string | null;
}

/** As comma-separated values; with a column of names if every picture has one. */
export function table(rows: readonly Row[]): Uint8Array {
  const named = rows.every(({ name }) => name !== null && name !== "");
  const cells = rows[0]?.cells.length ?? 0;
  const heading = [...(named ? ["label"] : []), ...Array.from({ length: cells }, (_, i) => `c${i}`)];
  const lines = rows.map(({ cells, name }) => {
    const numbers = Array.from(cells).join(",");
    return named ? `"${(name ?? "").replaceAll('"', '""')}",${numbers}` : numbers;
  });
  return new TextEncoder().encode(`${[heading.join(","), ...lines].join("\n")}\n`);
}

/** Which memory a picture is most like, and in how many cells it is not: counting what is seen, for the sentence. */
import { cellsOf, compare, isGrey, likeness } from "../cells";
import type { Cells, Memory } from "../engine/types";
import type { Cue } from "../messages";

/** Two pictures of fair coins are hardly ever as like. */
const CHANCE = 0.16;

/** Null if it is no more like any memory than chance would have it. */
export function likestMemory(cells: Cells, memories: readonly Memory[]): Cue | null {
  let [best, most] = [-1, CHANCE];
  for (const [memory, stored] of memories.entries()) {
    const alike = likeness(cells, cellsOf(stored));
    if (alike > most) [best, most] = [memory, alike];
  }
  const found = memories[best];
  if (!found) return null;
  const { wrong, unknown } = compare(cells, cellsOf(found));
  return { memory: best, name: found.name, wrong, unknown, units: cells.length, grey: isGrey(cells) };
}

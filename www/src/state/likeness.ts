/** Which memory a picture is most like, and in how many cells it is not: counting what is seen, for the sentence. */
import type { Memory } from "../engine/types";
import type { Cue } from "../messages";

/** Null if it differs from every memory in almost as many cells as chance would. */
export function likestMemory(spins: Int8Array, memories: readonly Memory[]): Cue | null {
  let best: Cue | null = null;
  for (const [memory, { name, bits }] of memories.entries()) {
    let wrong = 0;
    let unknown = 0;
    for (let i = 0; i < spins.length; i++) {
      const spin = spins[i] ?? 0;
      if (spin === 0) unknown += 1;
      else if (spin > 0 !== (bits[i] === "1")) wrong += 1;
    }
    if (!best || wrong < best.wrong) best = { memory, name, wrong, unknown, units: spins.length };
  }
  return best && best.wrong < 0.42 * (best.units - best.unknown) ? best : null;
}

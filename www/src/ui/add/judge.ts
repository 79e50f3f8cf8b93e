/** Finds candidates that are too like a memory, or one another. */
import type { Memory } from "../../engine/types";
import { Gallery, twinOf } from "../../state/alike";
import { inSlices } from "../../state/slices";
import type { Candidate } from "./candidate";

export type Likeness = (bits: string) => Promise<readonly number[]>;

/**
 * Marks each candidate with what it is most like, if it is too like it. What is there already, exactly, and what is
 * nothing but paper or ink, is not added unless the visitor says so. `memories` are those of the network, if the candidates are to join them.
 */
export async function judge(
  candidates: readonly Candidate[],
  memories: readonly Memory[],
  likeness: Likeness,
  signal: AbortSignal,
): Promise<boolean> {
  const gallery = new Gallery();
  const before: string[] = [];
  const names = memories.map(({ name }) => name);
  const known = memories.length > 0 ? await Promise.all(candidates.map(({ bits }) => likeness(bits))) : [];
  if (signal.aborted) return false;
  return inSlices(
    candidates,
    (candidate, i) => {
      const stored = twinOf(known[i] ?? [], names);
      const fresh = twinOf(gallery.compare(candidate.bits), before);
      before.push(candidate.name);
      const isStored = stored !== null && Math.abs(stored.likeness) >= Math.abs(fresh?.likeness ?? 0);
      const twin = isStored ? stored : fresh;
      candidate.twin = twin && { ...twin, stored: isStored };
      candidate.plain = !(candidate.bits.includes("0") && candidate.bits.includes("1"));
      if (!candidate.said) candidate.keep = twin?.likeness !== 1 && !candidate.plain;
    },
    signal,
  );
}

/** Measures with one number for each memory: which there are, and where a frame has their numbers. */
import type { MachineFrame, Observable } from "../engine/types";

export interface MemoryMeasure {
  observable: Observable;
  /** Its place among all measures of that shape. */
  row: number;
}

/** Those shown in one way, in the machine's order. The first of the bars is the likeness. */
export function memoryMeasures(observables: readonly Observable[], view: Observable["view"]): MemoryMeasure[] {
  return observables
    .filter(({ shape }) => shape === "memory")
    .map((observable, row) => ({ observable, row }))
    .filter(({ observable }) => observable.view === view);
}

/** What a measure says of each of so many memories; empty if the frame is of another description. */
export function perMemory(
  frame: Pick<MachineFrame, "perMemory">,
  measure: Pick<MemoryMeasure, "row"> | undefined,
  memories: number,
): Float64Array {
  const start = (measure?.row ?? 0) * memories;
  const values = frame.perMemory.slice(start, start + memories);
  return measure && values.length === memories ? values : new Float64Array(0);
}

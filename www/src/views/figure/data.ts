/** What a figure's strokes are given: its parts, and the words and numbers beside them. */
import type { Figure, FigureMark, FigureRole } from "../../engine/types";

export interface FigureData {
  still: Figure;
  /** What moves, drawn over the other; null before it is known. */
  moving: Figure | null;
  /** Names of the memories, whose colours some marks have. */
  memories: readonly string[];
  says: {
    /** What is drawn in a role, where nothing else is said; empty for what explains itself. */
    role(role: FigureRole): string;
    positive: string;
    negative: string;
  };
  /** `step`: how far it is from the next at an axis. */
  format(value: number, step?: number): string;
}

export type MarkOf<K extends FigureMark["mark"]> = Extract<FigureMark, { mark: K }>;

export function marksOf({ still, moving }: FigureData): FigureMark[] {
  return [...still.marks, ...(moving?.marks ?? [])];
}

/** All marks of a kind, of a list of marks. */
export function ofKind<K extends FigureMark["mark"]>(marks: readonly FigureMark[], kind: K): MarkOf<K>[] {
  return marks.filter((mark): mark is MarkOf<K> => mark.mark === kind);
}

/** A number that is none comes as null. */
export const known = (value: number | null | undefined): number => value ?? Number.NaN;

export function numbers(values: readonly (number | null)[]): Float32Array {
  const list = new Float32Array(values.length);
  for (let i = 0; i < list.length; i++) list[i] = known(values[i]);
  return list;
}

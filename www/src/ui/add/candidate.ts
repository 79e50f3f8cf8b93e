/** A picture on its way to become a memory. */
import type { Twin } from "../../state/alike";

export interface Candidate {
  name: string;
  bits: string;
  /** Whether it will be added. */
  keep: boolean;
  /** The visitor has said whether it will: nothing else decides it any more. */
  said: boolean;
  /** What it is too like: a memory of the network (`stored`), or another of these. */
  twin: (Twin & { stored: boolean }) | null;
  /** Nothing but paper, or nothing but ink. */
  plain: boolean;
  /** Something to know about it, e.g. that it is the first frame of many. */
  note: string;
  /** For pictures: whether this one alone is turned over, and how to do it. */
  inverted?: boolean;
  turnOver?: () => void;
}

export function candidate(name: string, bits = ""): Candidate {
  return { name, bits, keep: true, said: false, twin: null, plain: false, note: "" };
}

/** One of the places that candidates come from, as the dialog shows it. */
export interface Way {
  element: HTMLElement;
  candidates: readonly Candidate[];
  /** The grid that the candidates are made for. */
  size(): [width: number, height: number];
  /** It is in sight now. */
  enter(): void;
  /** The dialog is gone: nothing goes on. */
  stop(): void;
}

/**
 * Every piece of state the page itself keeps, and where it lives. The experiment is not here twice: the engine holds
 * it, and its link is the only copy (`link`). What is about the visitor stays with the visitor (`storage`); the rest
 * ends with the visit (`nowhere`).
 */
import type { Value } from "../engine/types";

export type Theme = "auto" | "light" | "dark";
export type Tool = "draw" | "erase" | "hold" | "ask";

export interface State {
  /** The experiment, as the engine writes it into a link; empty before the first edit. */
  experiment: string;
  theme: Theme;
  /** Updates a second; null is "as suits the size of the picture". */
  speed: number | null;
  /** Arguments of the spoil action as the visitor left them, by key. */
  spoil: Record<string, Value>;
  tool: Tool;
  /** Cells that a stroke is wide. */
  brush: number;
  /** The hints that are done with, and never come back. */
  hints: readonly string[];
  drawer: boolean;
  /** What there is of each memory is drawn over time, not for the moment looked at. */
  overTime: boolean;
  /** The grey that a pen gives, where cells have any: from −1, paper, to 1, ink. */
  level: number;
  /** Keys without Ctrl do something. */
  keys: boolean;
  /** The memory last chosen as a cue. */
  cue: number | null;
  /** The figure in the place of the grid, by key; empty for the grid, and null for what leads. */
  figure: string | null;
  /** The machine's picture of itself that is shown, by key; null is the first it has for the grid. */
  layer: string | null;
  /** The memory such a picture is about; null is the one the run began from. */
  memory: number | null;
  /** The unit such a picture is about: the last one asked; null is the middle one. */
  unit: number | null;
}

interface Place<T> {
  where: "link" | "storage" | "nowhere";
  start: T;
  /** For what is read back from storage, which anybody may have written. */
  check?: (value: unknown) => value is T;
}

export const places: { readonly [K in keyof State]: Place<State[K]> } = {
  experiment: { where: "link", start: "" },
  theme: {
    where: "storage",
    start: "auto",
    check: (value): value is Theme => value === "auto" || value === "light" || value === "dark",
  },
  speed: { where: "nowhere", start: null },
  spoil: { where: "nowhere", start: {} },
  tool: { where: "nowhere", start: "draw" },
  brush: { where: "nowhere", start: 1 },
  level: { where: "nowhere", start: 1 },
  keys: { where: "storage", start: true, check: (value) => typeof value === "boolean" },
  hints: {
    where: "storage",
    start: [],
    check: (value): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === "string"),
  },
  drawer: { where: "nowhere", start: false },
  overTime: { where: "nowhere", start: false },
  cue: { where: "nowhere", start: null },
  figure: { where: "nowhere", start: null },
  layer: { where: "nowhere", start: null },
  memory: { where: "nowhere", start: null },
  unit: { where: "nowhere", start: null },
};

/** A course that is drawn by hand. */
import { count } from "./parts";

export const course = {
  hint: "Draw a line, or drag its points. With keys, the arrows move a point, Page Up and Page Down go from one to the next, and Delete takes it away.",
  sweeps: "sweeps",
  /** A point, for those who listen. */
  point: (index: number, all: number) => `point ${index + 1} of ${all}`,
  place: (sweep: string, value: string, unit: string) => `sweep ${sweep}, ${[value, unit].join(" ").trim()}`,
  more: "Add a point",
  less: "Remove the point",
  numbers: (label: string) => `${label} in numbers`,
  numbersHelp: "Sweep: value, with a semicolon between points.",
  wrong: (part: string) => `“${part}” is no point: a sweep and a value, as in 25: 0.8.`,
  early: (sweep: string, before: string) => `Sweep ${sweep} comes after sweep ${before}: points go from left to right.`,
  range: (what: string, most: string) => `${what} is out of range: 0 to ${most} is allowed.`,
  many: (n: number, most: number) => `${count(n, "point", "points")}, and at most ${most} fit.`,
  none: "At least one point is needed.",
};

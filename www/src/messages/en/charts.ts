/** What is measured. */
import { count } from "./parts";

export const charts = {
  curve: (label: string, value: string, low: string, high: string, points: number) =>
    `${label}: now ${value}, between ${low} and ${high} over ${count(points, "point", "points")}`,
  bars: (label: string, best: string) => `${label}: ${best}`,
  more: (n: number) => `and ${n} more`,
  memoryColumn: "Memory",
  none: "No memories yet.",
};

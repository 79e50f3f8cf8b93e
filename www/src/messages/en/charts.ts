/** What is measured. */
import { figures } from "../../figures";
import { count } from "./parts";

const step = (time: number): string => `step ${figures(time)}`;

export const charts = {
  title: "Charts",
  back: "Back to the charts",
  curve: (label: string, value: string, low: string, high: string, points: number) =>
    `${label}: now ${value}, between ${low} and ${high} over ${count(points, "point", "points")}`,
  bars: (label: string, best: string) => `${label}: ${best}`,
  lines: (label: string, best: string) => `${label} over time: now ${best}`,
  overRun: (label: string) => `${label} over the run`,
  stepColumn: "step",
  more: (n: number) => `${n} more`,
  none: "No memories yet.",
  view: (label: string) => `Show ${label}`,
  now: "now",
  overTime: "over time",
  role: "chart",
  hint: "The arrow keys read the values step by step, Home and End go to the ends, Enter looks at that moment.",
  step,
  at: (time: number, value: string) => `${step(time)}: ${value}`,
};

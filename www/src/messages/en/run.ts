/** The run: steps, timeline, speed and dice. */
import type { StepUnit } from "../../engine/types";
import { capital, figures, tenths } from "../../figures";
import { lapse } from "./parts";

export const run = {
  restart: "Back to the start (r)",
  back: "One step back (,)",
  stepButton: (what: string, key: string | undefined) => (key === undefined ? what : `${what} (${key})`),
  play: "Play (space)",
  pause: "Pause (space)",
  undo: "Undo (Ctrl+Z)",
  undoShort: "Undo",
  redo: "Redo (Ctrl+Shift+Z)",
  timeline: "Moment of the run",
  moment: (time: number, end: number, sweep: number, unit: StepUnit) =>
    `step ${figures(time)} of ${figures(end)}, ${unit.clock} ${tenths(sweep)}`,
  step: (time: number, end: number) => `step ${figures(time)} of ${figures(end)}`,
  events: "What was done to the run",
  event: (label: string, time: number) => `${capital(label)}, at step ${figures(time)}`,
  severalEvents: (n: number, first: number, last: number, some: string[]) =>
    `${figures(n)} events, steps ${figures(first)} to ${figures(last)}: ${some.join(", ")}${n > some.length ? "…" : ""}`,
  branched: (time: number) => `You branched off at step ${figures(time)}. Undo brings the other run back.`,
  clock: (sweep: number, unit: StepUnit) => `${unit.clock} ${tenths(sweep)}`,
  speed: "Speed",
  flatOut: "flat out",
  perSecond: (n: number, perSweep: number, unit: StepUnit) =>
    perSweep > 1 ? `${n < 10 ? tenths(n) : figures(n)} ${n === 1 ? "step" : "steps"}/s` : `${lapse(n, unit)}/s`,
  seed: "Seed",
  seedHelp: "The dice of this run. The same seed always gives the same run.",
  dice: "Roll a new seed",
  badSeed: "A whole number from 0 to 9,007,199,254,740,991.",
  controls: "Controls",
};

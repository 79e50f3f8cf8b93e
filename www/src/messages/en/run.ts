/** The run: steps, timeline, speed and dice. */
import { figures, tenths } from "../../figures";
import { sweeps } from "./parts";

export const run = {
  restart: "Back to the start (r)",
  back: "One step back (,)",
  step: (what: string, key: string | undefined) => (key === undefined ? what : `${what} (${key})`),
  play: "Play (space)",
  pause: "Pause (space)",
  undo: "Undo (Ctrl+Z)",
  redo: "Redo (Ctrl+Shift+Z)",
  timeline: "Moment of the run",
  moment: (time: number, end: number, sweep: number) =>
    `step ${figures.format(time)} of ${figures.format(end)}, sweep ${tenths.format(sweep)}`,
  sweepShort: (sweep: number) => `sweep ${tenths.format(sweep)}`,
  speed: "Speed",
  flatOut: "flat out",
  perSecond: (n: number, perSweep: number) =>
    perSweep > 1
      ? `${n < 10 ? tenths.format(n) : figures.format(n)} ${n === 1 ? "step" : "steps"}/s`
      : `${sweeps(n)}/s`,
  seed: "Seed",
  seedHelp: "The dice of this run. The same seed always gives the same run.",
  dice: "Roll a new seed",
  badSeed: "A whole number from 0 to 9,007,199,254,740,991.",
  controls: "Controls",
};

/** How far learning has come. */
import { figure, figures, tick } from "../../figures";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export const learning = {
  studies: "Measure",
  studiesTitle: "Measure what it has learned",
  studiesHelp: "The machine is taken as it is when you press. The run goes on meanwhile, and nothing in it is changed.",
  start: "Start",
  cancel: "Stop",
  progress: "How much is done",
  /** A number with as many places as its standard error leaves it. */
  found: (value: number, error: number | null) =>
    error === null ? figure(value, 4) : `${tick(value, error / 2)} ± ${figure(error, 2)}`,
  epoch: (epoch: number, epochs: number) => `epoch ${figures(epoch)} of ${figures(epochs)}`,
  batch: (batch: number, batches: number) => `, batch ${figures(batch)} of ${figures(batches)}`,
  /** Seconds, as roughly as they are known. */
  left(seconds: number): string {
    if (seconds < 8) return "a few seconds left";
    if (seconds < 50) return `about ${10 * Math.ceil(seconds / 10)} seconds left`;
    if (seconds < 1.5 * MINUTE) return "about a minute left";
    if (seconds < 50 * MINUTE) return `about ${Math.round(seconds / MINUTE)} minutes left`;
    if (seconds < 1.5 * HOUR) return "about an hour left";
    return `about ${figures(Math.round(seconds / HOUR))} hours left`;
  },
};

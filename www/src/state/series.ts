/** The measures of the run as a table for other programs: commas, full precision, one row for each moment kept. */
import type { Frame, SessionInfo } from "../engine/types";

export interface Series {
  text: string;
  rows: number;
  columns: number;
  /** Updates from one row to the next: 1 if none was left out. */
  every: number;
}

export function seriesOf(
  { description, memories }: SessionInfo,
  { trace, traceColumns, end }: Frame,
  perSweep: number,
): Series {
  const { observables } = description;
  const curves = observables.filter(({ shape, view }) => shape === "scalar" && view === "curve");
  const each = observables.find(({ shape, view }) => shape === "memory" && view === "bars");
  const names = [
    "time (updates)",
    "sweep",
    ...curves.map(({ label, unit }) => (unit ? `${label} (${unit})` : label)),
    ...(each ? memories.map(({ name }) => `${each.label}: ${name}`) : []),
  ];
  const lines = [names.map(quoted).join(",")];
  const times: number[] = [];
  for (let i = 0; i + traceColumns <= trace.length; i += traceColumns) {
    const time = trace[i] ?? 0;
    times.push(time);
    const values = Array.from(trace.subarray(i + 1, i + traceColumns), cell);
    lines.push([time, time / perSweep, ...values].join(","));
  }
  // The last row is the end of the run, wherever that is.
  const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const whole = times.at(-1) === end && steps.length > 1 ? steps.slice(0, -1) : steps;
  const every = whole.reduce((most, step) => Math.max(most, step), 1);
  return { text: `${lines.join("\r\n")}\r\n`, rows: times.length, columns: names.length, every };
}

/** A number in as many digits as tell it from all others; nothing for what there is not. */
function cell(value: number): string {
  return Number.isFinite(value) ? String(value) : "";
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

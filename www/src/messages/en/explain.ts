/** Why a cell does what it does. */
import { capital, figure, figures } from "../../figures";
import { quoted, shade } from "./parts";

interface Verdict {
  state: number;
  next: number;
  field: number;
  held: boolean;
  past: boolean;
  /** Its state may be anything between paper and ink. */
  grey: boolean;
  /** Memories push it, not other cells. */
  memories: boolean;
}

/** Greys no further apart than this are read as the same number. */
const SAME = 0.005;

const at = (x: number, y: number) => `row ${y + 1}, column ${x + 1}`;

export const explain = {
  ask: "Ask a cell why",
  hint: "Point at a cell of the picture, or touch it: here it says what the others tell it, and what it will do.",
  keep: "Click the cell to keep it here.",
  kept: "Kept here. Click the cell again to let it go.",
  title: (x: number, y: number) => `Why: ${at(x, y)}`,
  titleThen: (x: number, y: number, step: number) => `Why at step ${figures(step)}: ${at(x, y)}`,
  verdict: ({ state, next, field, held, past, grey, memories }: Verdict): string => {
    const [is, stays, would, becomes] = past
      ? ["was", "stayed", "had to turn", "had to become"]
      : ["is", "stays", "will turn", "will be"];
    const who = memories ? "the memories" : "the others";
    const now = shade(state, grey);
    if (held) return `It is held: it stays ${now}, whatever ${who} say.`;
    if (grey) {
      if (Math.abs(next - state) < SAME)
        return `It ${is} ${now}. ${capital(who)} hold it there: it ${stays} as it ${is}.`;
      const push = shade(next - state);
      return `It ${is} ${now}. ${capital(who)} push it to ${push}: once asked, it ${becomes} ${shade(next, true)}.`;
    }
    const push = `to ${shade(field)}`;
    if (field === 0) return `It ${is} ${now}. ${capital(who)} cancel each other out, so it ${stays} as it ${is}.`;
    if (next === state) return `It ${is} ${now}, ${who} push it ${push}: it ${stays} ${now}.`;
    return `It ${is} ${now}, but ${who} push it ${push}: once asked, it ${would} to ${shade(next)}.`;
  },
  heat: "With heat that is only likely: the surer, the stronger the push.",
  toPaper: (value: string) => `${value} to ${shade(-1)}`,
  toInk: (value: string) => `${value} to ${shade(1)}`,
  sum: (bias: string, field: string) => `bias ${bias} + Σ w·s = ${field}`,
  strongest: "Strongest voices",
  memories: "Loudest memories",
  place: at,
  voice: (x: number, y: number, weight: string, state: number) =>
    `${at(x, y)} is ${shade(state, !Number.isInteger(state))}, its weight ${weight}. Click to ask that cell.`,
  memory: (name: string, weight: string, state: number) => `${quoted(name)}: ${weight} times ${figure(state)}`,
  legend: "The squares on the picture are the voices: solid red to ink, hollow blue to paper.",
  changed: (time: number) => `It last changed at step ${figures(time)}.`,
  never: "It has not changed lately.",
  before: (time: number) => `This was so at step ${figures(time)}.`,
  why: "Why did it?",
  there: "Go there",
  now: "Back to now",
};

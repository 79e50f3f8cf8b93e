/** Why a cell does what it does. */
import { figures } from "../../figures";
import { shade } from "./parts";

interface Verdict {
  state: number;
  next: number;
  field: number;
  held: boolean;
  past: boolean;
}

const at = (x: number, y: number) => `row ${y + 1}, column ${x + 1}`;

export const explain = {
  ask: "Ask a cell why",
  hint: "Point at a cell of the picture, or touch it: here it says what the others tell it, and what it will do.",
  keep: "Click the cell to keep it here.",
  kept: "Kept here. Click the cell again to let it go.",
  title: (x: number, y: number) => `Why: ${at(x, y)}`,
  titleThen: (x: number, y: number, step: number) => `Why at step ${figures(step)}: ${at(x, y)}`,
  verdict: ({ state, next, field, held, past }: Verdict): string => {
    const [is, stays, would] = past ? ["was", "stayed", "had to turn"] : ["is", "stays", "will turn"];
    if (held) return `It is held: it stays ${shade(state)}, whatever the others say.`;
    const push = `to ${shade(field)}`;
    if (field === 0) return `It ${is} ${shade(state)}. The others cancel each other out, so it ${stays} as it ${is}.`;
    if (next === state) return `It ${is} ${shade(state)}, the others push it ${push}: it ${stays} ${shade(state)}.`;
    return `It ${is} ${shade(state)}, but the others push it ${push}: once asked, it ${would} to ${shade(next)}.`;
  },
  heat: "With heat that is only likely: the surer, the stronger the push.",
  toPaper: (value: string) => `${value} to ${shade(-1)}`,
  toInk: (value: string) => `${value} to ${shade(1)}`,
  sum: (bias: string, field: string) => `bias ${bias} + Σ w·s = ${field}`,
  strongest: "Strongest voices",
  place: at,
  voice: (x: number, y: number, weight: string, state: number) =>
    `${at(x, y)} is ${shade(state)}, its weight ${weight}. Click to ask that cell.`,
  legend: "The squares on the picture are the voices: solid red to ink, hollow blue to paper.",
  changed: (time: number) => `It last changed at step ${figures(time)}.`,
  never: "It has not changed lately.",
  before: (time: number) => `This was so at step ${figures(time)}.`,
  why: "Why did it?",
  there: "Go there",
  now: "Back to now",
};

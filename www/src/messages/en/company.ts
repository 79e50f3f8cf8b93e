/** Machines side by side. */
import type { Outcome } from "../../engine/types";
import { capital, figure, figures, tenths } from "../../figures";
import { cells, list, quoted } from "./parts";

export const company = {
  title: "Side by side",
  about: "The same memories, the same spoiled picture and the same dice: what differs is only what is said here.",
  same: "the same",
  setting: (label: string, symbol: string, value: string) => (symbol ? `${symbol} = ${value}` : `${label}: ${value}`),
  /** How one of them stands, in a few words. */
  standing: (outcome: Outcome, names: readonly string[]): string => {
    const name = (memory: number) => quoted(names[memory] ?? `${memory + 1}`);
    switch (outcome.kind) {
      case "recalled":
        return `remembered ${name(outcome.memory)}`;
      case "inverse":
        return `negative of ${name(outcome.memory)}`;
      case "mixture":
        return `mixture of ${list(outcome.memories.map(({ memory }) => name(memory)))}`;
      case "spurious":
        return names.length > 0 ? "a picture nobody stored" : "at rest";
      case "average":
        return "average of all";
      case "answer":
        return outcome.valid ? "an answer" : "no answer";
      case "underway":
        return "on its way";
      case "two_cycle":
        return "swings between two";
      case "not_settled":
        if (outcome.reads) return `${company.standing(outcome.reads.outcome, names)}, in its average`;
        if (outcome.sampling) return "goes on sampling";
        return `${cells(outcome.unstable)} want to change`;
      default:
        return "at rest";
    }
  },
  running: "on the way",
  picture: (name: string, standing: string) => `${name}: ${standing}`,
  energy: "Energy",
  own: "each on its own scale",
  ownHelp:
    "Each machine counts energy in its own way. Each curve goes from the lowest it has been at the foot to the highest at the top; heights of different curves cannot be compared.",
  shared: "one scale",
  sharedHelp: "All begin at the same energy, so they count it in the same way, and heights can be compared.",
  chart: (parts: string[]) => `Energy over the run: ${parts.join("; ")}`,
  value: (name: string, value: number) => `${name} ${figure(value, 4)}`,
  at: (step: number, parts: string[]) => `step ${figures(step)}: ${parts.join("; ")}`,
  hint: "The arrow keys read the energies step by step, Home and End go to the ends, Enter looks at that moment.",
  table: "How each has ended",
  machine: "network",
  ended: "ended as",
  timeHelp: (many: string) => `${capital(many)} until it came to rest, or so far`,
  changed: "turned",
  changedHelp: "Cells that are other than in the picture all began with",
  like: (name: string) => `like ${quoted(name)}`,
  likeHelp: (label: string) => `${capital(label)} with the memory that the picture was made from`,
  likeNearest: "likeness",
  number: (value: number) => (Number.isFinite(value) ? tenths(value) : "–"),

  // The dialog.
  now: "On the stage",
  leads: "leads",
  lead: "Let it lead",
  remove: (name: string) => `Take away ${name}`,
  end: "One network alone",
  ready: "Ready to compare",
  readyHelp: "Each of these puts up to four on the stage at once.",
  add: "Add one",
  what: "What is different",
  network: "network",
  to: "set to",
  put: "Put it beside",
  full: "Four fit on the stage. Take one away to add another.",
  nothing: "That is how the first one is already.",
  cannot: (name: string, why: string) => `${name} cannot follow: ${why}`,
  models: "Networks",
};

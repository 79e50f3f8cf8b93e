/** Why the run is said to have ended as it did. */
import type { Outcome, Reading } from "../../engine/types";
import { capital, figures, sentence } from "../../figures";
import { cells, list, quoted } from "./parts";
import { read } from "./story";

type Kind = Outcome["kind"];

/** The term of the field, and what it means. */
const kinds: Record<Kind, { name: string; means: string }> = {
  recalled: {
    name: "recalled",
    means: "The picture is a memory, cell for cell: a fixed point that was stored.",
  },
  inverse: {
    name: "negative of a memory",
    means: "Every cell is the reverse of a memory. Pulls go by agreement alone, so a negative holds as well.",
  },
  mixture: {
    name: "mixture state",
    means: "It holds still between several memories: each cell follows their majority. Nobody stored it.",
  },
  spurious: {
    name: "spurious state",
    means: "It holds still where nobody stored anything: a false memory, which the true ones make between them.",
  },
  average: {
    name: "average of all memories",
    means: "It holds still in the middle of everything that was stored: no memory pulls harder than another.",
  },
  answer: {
    name: "answer",
    means:
      "It holds still where every condition of the question is met. Whether there is a better answer it cannot know.",
  },
  underway: {
    name: "on its way",
    means:
      "It learns what its pictures are like, and then draws new ones by what it has learned. There is no picture that it must come to.",
  },
  two_cycle: {
    name: "2-cycle",
    means: "Two pictures call each other up for ever. It can happen when all cells change at once.",
  },
  not_settled: { name: "not settled", means: "It was stopped on the way." },
};

const known = (kind: string): kind is Kind => Object.hasOwn(kinds, kind);

export const verdict = {
  open: "Why this verdict?",
  title: (name: string) => capital(name),
  name: (outcome: Outcome): string => {
    const kind: string = outcome.kind;
    if (outcome.kind === "not_settled" && outcome.sampling) return "sampling";
    if (outcome.kind === "answer" && !outcome.valid) return "not an answer";
    return known(kind) ? kinds[kind].name : kind.replaceAll("_", " ");
  },
  means: (outcome: Outcome): string => {
    if (outcome.kind === "not_settled" && outcome.sampling)
      return "With heat, cells also turn against their pull. The network wanders among pictures, and does not come to rest while it is warm.";
    if (outcome.kind === "answer" && !outcome.valid)
      return "It holds still where not every condition of the question is met: nothing pulls it on to an answer.";
    if (outcome.kind === "not_settled" && outcome.unstable === 0)
      return "It was stopped on the way. Just now no cell wants to change.";
    return known(outcome.kind) ? kinds[outcome.kind].means : "This is the network's own word for how the run stands.";
  },
  running: "On the way",
  runningMeans: "The run goes on: there is no verdict yet.",
  evidence: "What it rests on",
  settled: "No cell wants to change.",
  unstable: (n: number, units: number) =>
    n === 0 ? "No cell wants to change." : `${figures(n)} of ${cells(units)} ${n === 1 ? "wants" : "want"} to change.`,
  period: "It repeats every 2 sweeps.",
  endless: "As long as there is heat there is no end: stop it when you like.",
  reads: (reading: Reading, names: string[]) => sentence(capital(read(reading, names))),
  members: (members: { name: string; sign: number }[]) =>
    `The blend: ${list(members.map(({ name, sign }) => (sign < 0 ? `the negative of ${quoted(name)}` : quoted(name))))}.`,
  nearest: (label: string, all: boolean) => (all ? capital(label) : `${capital(label)}, nearest first`),
  differ: (n: number) => (n === 0 ? "no cell differs" : `${figures(n)} ${n === 1 ? "cell differs" : "cells differ"}`),
  none: "There are no memories to compare it with.",
  next: "What to try",
  harder: (amount: string) => `Spoil harder: ${amount}`,
  less: (amount: string) => `Spoil less: ${amount}`,
  again: "Spoil and try again",
  pick: (name: string) => `Try ${quoted(name)}`,
  forget: (name: string) => `Forget ${quoted(name)}`,
  change: (label: string) => `Change the ${label}`,
  goOn: "Go on",
  says: (clause: string) => sentence(capital(clause)),
  dice: "Try other dice",
};

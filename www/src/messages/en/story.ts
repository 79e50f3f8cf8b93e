/** The sentence over the picture: what is happening, how it ended, and what to try next. */
import type { Outcome, Reading, StepUnit } from "../../engine/types";
import { capital, figures, sentence } from "../../figures";
import type { Cue, Listening, Ways } from "../facts";
import { cells, lapse, list, quoted } from "./parts";

const GO_ON = "Press play to go on, or go step by step.";

/** The suggestions that hold, as one sentence. */
function suggest(parts: (string | false)[]): string {
  const ways = parts.filter((part) => part !== false);
  const last = ways.pop();
  if (last === undefined) return GO_ON;
  return sentence(capital(ways.length > 0 ? `${ways.join(", ")}, or ${last}` : last));
}

const change = ({ setting }: Ways): string | false => setting !== null && `change the ${setting} in the controls`;

function damage({ wrong, unknown, units, grey }: Cue): string {
  const parts = [];
  const how = grey ? "not as stored" : "wrong";
  if (wrong > 0) parts.push(`${figures(wrong)} of its ${cells(units)} ${wrong === 1 ? "is" : "are"} ${how}`);
  if (unknown > 0)
    parts.push(
      wrong > 0
        ? `${cells(unknown)} unknown`
        : `${figures(unknown)} of its ${cells(units)} ${unknown === 1 ? "is" : "are"} unknown`,
    );
  return parts.join(" and ");
}

/** What the cells do: those that are known may change too, unless they are held. */
function listens({ grey, held }: Listening, unknown: boolean): string {
  const does = grey ? "and takes its shade from them" : "and turns to ink or to paper";
  if (held > 0) return `${cells(held)} ${held === 1 ? "is" : "are"} held; each other one listens to all ${does}.`;
  return unknown
    ? `Each cell, known or not, listens to the others ${does}.`
    : `Each cell listens to the others ${does}.`;
}

/** What an average over a run is, as a clause. */
export function read({ sweeps, outcome }: Reading, names: readonly string[]): string {
  const name = (index: number) => quoted(names[index] ?? `${index + 1}`);
  const signed = ({ memory, sign }: { memory: number; sign: number }) =>
    sign < 0 ? `the negative of ${name(memory)}` : name(memory);
  const average =
    sweeps > 1 ? `its average over the last ${figures(sweeps)} sweeps` : "what it was after the last sweep";
  switch (outcome.kind) {
    case "recalled":
      return `${average} is ${name(outcome.memory)}`;
    case "inverse":
      return `${average} is the negative of ${name(outcome.memory)}`;
    case "mixture":
      return `${average} is a blend of ${list(outcome.memories.map(signed))}`;
    case "spurious":
      return outcome.nearest
        ? `${average} is no memory; ${signed(outcome.nearest)} is nearest, with ${cells(outcome.nearest.wrong)} different`
        : `${average} is no memory`;
    default:
      return `${average} is ${outcome.kind.replaceAll("_", " ")}`;
  }
}

/** Of machines side by side. */
const some = (came: number, all: number): string =>
  came === all ? `All ${all} networks` : came === 0 ? `None of the ${all} networks` : `${came} of ${all} networks`;

export const story = {
  loading: "One moment: the network is waking up.",
  fetching: "The pictures that this network learns from are on their way.",
  tryFetched: "One moment: they are a file of their own, fetched once.",
  learning: "The network is learning.",
  tryWait: "One moment: some rules go over the memories many times.",
  empty: "This network remembers nothing yet.",
  tryEmpty: "Draw something on the picture, then store it as a memory.",
  recalling: (cue: Cue, how: Listening) =>
    `A spoiled ${quoted(cue.name)}: ${damage(cue)}. ${listens(how, cue.unknown > 0)}`,
  leaving: (name: string, how: Listening) => `This is ${quoted(name)}, unspoiled. ${listens(how, false)}`,
  searching: (how: Listening) => listens(how, false),
  allHeld: "Every cell is held as it is: nothing can change.",
  tryRelease: "Let go of some cells, or make those that are lost unknown instead of paper.",
  moving: (name: string, likeness: string, reading: Reading | null, names: string[]) => {
    const now = `now it is most like ${quoted(name)}, with likeness ${likeness}`;
    return reading ? `It keeps moving: ${now}. ${sentence(capital(read(reading, names)))}` : `It keeps moving: ${now}.`;
  },
  tryWatch: "Watch it come back, or draw on the picture at any time.",
  tryLook: "Draw on the picture at any time, or step by step look more closely.",
  stored: (name: string, settled: boolean) =>
    settled
      ? `This is ${quoted(name)}, exactly as it is stored. No cell wants to change.`
      : `This is ${quoted(name)}, exactly as it is stored, yet some cells want to change.`,
  tryStored: "Spoil it, and see whether the network can bring it back.",
  ready: (cue: Cue) => `A spoiled ${quoted(cue.name)}: ${damage(cue)}.`,
  readyUnknown: (memories: boolean) =>
    memories ? "A picture that is like none of the memories." : "A picture to begin with.",
  tryPlay: "Press play, or go step by step.",
  tryGoOn: GO_ON,
  edited: "You changed the picture.",
  adjusted: "You changed the experiment.",
  tryAgain: "Press play to go on from here, or go back to the start and run the same picture again.",
  outcome: (
    outcome: Outcome,
    names: string[],
    after: number,
    unit: StepUnit,
    units: number,
    cue: Cue | null,
  ): string => {
    const name = (index: number) => quoted(names[index] ?? `${index + 1}`);
    const when = after > 0 ? `After ${lapse(after, unit)}` : "At once";
    const kind: string = outcome.kind;
    switch (outcome.kind) {
      case "recalled":
        if (!cue || cue.wrong + cue.unknown === 0)
          return `${when} the network is at ${name(outcome.memory)}: all ${cells(units)} are as stored.`;
        return cue.memory === outcome.memory
          ? `${when} the network remembered ${name(outcome.memory)}: all ${cells(units)} are right, ${figures(cue.wrong + cue.unknown)} of them mended.`
          : `${when} the network remembered another one: not ${quoted(cue.name)}, but ${name(outcome.memory)}.`;
      case "inverse":
        return `${when} it fell into the negative of ${name(outcome.memory)}: every cell is reversed.`;
      case "mixture":
        return `${when} it settled on a blend of ${list(outcome.memories.map(({ memory, sign }) => (sign < 0 ? `the negative of ${name(memory)}` : name(memory))))}, which nobody stored: a mixture state.`;
      case "spurious":
        if (names.length === 0) return `${when} it came to rest: no cell wants to change.`;
        return outcome.nearest
          ? `${when} it settled on a picture nobody stored: a spurious state. ${outcome.nearest.sign < 0 ? `The negative of ${name(outcome.nearest.memory)}` : name(outcome.nearest.memory)} is nearest, with ${cells(outcome.nearest.wrong)} different.`
          : `${when} it settled on a picture nobody stored: a spurious state.`;
      case "average":
        return `${when} it came to rest in the average of all memories: a bit of each, and none of them.`;
      case "answer":
        return outcome.valid
          ? `${when} it has an answer: ${sentence(outcome.says)}`
          : `${when} it came to rest without an answer that is allowed: ${sentence(outcome.says)}`;
      case "underway":
        return sentence(capital(outcome.says));
      case "two_cycle":
        return `${when} it swings between two pictures for ever: a 2-cycle.`;
      case "not_settled":
        if (outcome.sampling) {
          const reads = outcome.reads ? ` ${sentence(capital(read(outcome.reads, names)))}` : "";
          return `Stopped on the way: as long as there is heat, the picture goes on changing.${reads}`;
        }
        if (outcome.unstable === 0) return "Stopped on the way: just now no cell wants to change.";
        return `Stopped on the way: ${cells(outcome.unstable)} still ${outcome.unstable === 1 ? "wants" : "want"} to change.`;
      default:
        // A machine newer than this page may end in ways of its own: its own word for it has to do.
        return `${when} the run stands at: ${kind.replaceAll("_", " ")}.`;
    }
  },
  /** `averages` of those that came there are no states, but averages of runs that do not rest. */
  together: (came: number, averages: number, all: number, name: string | null): string => {
    const what = name === null ? "came to a memory" : `remembered ${quoted(name)}`;
    const whose = averages === 1 ? "in its average" : "in their averages";
    const how = averages === 0 ? "" : averages === came ? `, ${whose}` : `, ${averages} of them ${whose}`;
    return `${some(came, all)} ${what}${how}.`;
  },
  answers: (came: number, all: number): string => `${some(came, all)} found an answer.`,
  underway: (says: string): string => sentence(capital(says)),
  tryUnderway: "Watch its dreams, look at its features, or draw on the picture and see what it makes of it.",
  tryTogether: "Draw on the first picture, spoil it, or choose a memory: all begin again from the same one.",
  next: (outcome: Outcome, ways: Ways): string => {
    const forget = ways.forget && "forget a memory";
    switch (outcome.kind) {
      case "recalled":
        return suggest([
          ways.pick && "pick another memory",
          ways.spoil && "spoil it harder",
          ways.store && "draw your own picture and store it",
        ]);
      case "inverse":
        return `A network of this kind keeps the negative of each memory too. ${suggest([ways.spoil && "spoil less than half", ways.pick && "pick another memory"])}`;
      case "mixture":
        return `Memories that are alike, or too many, run together. ${suggest([change(ways), forget])}`;
      case "spurious":
        return suggest([ways.memories && ways.spoil && "spoil less", forget, change(ways)]);
      case "average":
        return `Too little tells one memory from another. ${suggest([change(ways), ways.spoil && "spoil less", forget])}`;
      case "answer":
        return suggest([ways.dice && "try again with other dice", change(ways)]);
      case "underway":
        return GO_ON;
      case "two_cycle":
        return `This happens when all cells change at once.${ways.setting === null ? "" : " Let them change one after another instead."}`;
      case "not_settled":
        return !outcome.sampling || ways.temperature === null
          ? GO_ON
          : `Turn the ${ways.temperature} down in the controls and it comes to rest; turn it up and it wanders further.`;
      default:
        return GO_ON;
    }
  },
};

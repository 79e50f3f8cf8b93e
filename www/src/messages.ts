/**
 * Every word of the page itself, in one place, ready for a second language: `Messages` is the type another catalogue
 * has to fill. Words about a machine (its controls, actions, measures) come from the machine.
 */
import type { LinkProblem, Outcome, Palette } from "./engine/types";
import { capital, figure, figures, sentence, tenths } from "./figures";

const count = (n: number, one: string, many: string): string => `${figures.format(n)} ${n === 1 ? one : many}`;
const cells = (n: number): string => count(n, "cell", "cells");
const sweeps = (n: number): string => `${tenths.format(n)} ${tenths.format(n) === "1" ? "sweep" : "sweeps"}`;

function list(parts: string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** The picture a run starts from, next to the memory it is most like. */
export interface Cue {
  memory: number;
  name: string;
  wrong: number;
  unknown: number;
  units: number;
}

/** What a machine lets be done about how a run ended: only this is suggested. */
export interface Ways {
  /** There are memories to speak of. */
  memories: boolean;
  spoil: boolean;
  store: boolean;
  /** A memory may be forgotten, and others remain. */
  forget: boolean;
  /** Another memory may be picked. */
  pick: boolean;
  /** Name of the first setting in the controls, and of the temperature if there is one. */
  setting: string | null;
  temperature: string | null;
}

/** The suggestions that hold, as one sentence. */
function suggest(parts: (string | false)[]): string {
  const ways = parts.filter((part) => part !== false);
  const last = ways.pop();
  if (last === undefined) return words.story.tryGoOn;
  return sentence(capital(ways.length > 0 ? `${ways.join(", ")}, or ${last}` : last));
}

const change = ({ setting }: Ways): string | false => setting !== null && `change the ${setting} in the controls`;

const memory = (name: string): string => `“${name}”`;

function damage({ wrong, unknown, units }: Cue): string {
  const parts = [];
  if (wrong > 0) parts.push(`${figures.format(wrong)} of its ${cells(units)} ${wrong === 1 ? "is" : "are"} wrong`);
  if (unknown > 0)
    parts.push(
      wrong > 0
        ? `${cells(unknown)} unknown`
        : `${figures.format(unknown)} of its ${cells(units)} ${unknown === 1 ? "is" : "are"} unknown`,
    );
  return parts.join(" and ");
}

export const en = {
  page: {
    share: "Share",
    info: "About this experiment",
    toDark: "Dark theme",
    toLight: "Light theme",
    choose: "Choose an experiment",
    close: "Close",
    ownExperiment: "Your experiment",
  },
  story: {
    loading: "One moment: the network is waking up.",
    learning: "The network is learning.",
    tryWait: "One moment: some rules go over the memories many times.",
    empty: "This network remembers nothing yet.",
    tryEmpty: "Draw something on the picture, then store it as a memory.",
    recalling: (cue: Cue) =>
      `A spoiled ${memory(cue.name)}: ${damage(cue)}. Each cell listens to the others and turns dark or light.`,
    leaving: (name: string) =>
      `This is ${memory(name)}, unspoiled. Each cell listens to the others and turns dark or light.`,
    searching: "Each cell listens to the others and turns dark or light.",
    restless: (name: string, likeness: string) =>
      `It does not come to rest. Now it is most like ${memory(name)}: likeness ${likeness}.`,
    tryWatch: "Watch it come back, or draw on the picture at any time.",
    tryLook: "Draw on the picture at any time, or step by step look more closely.",
    stored: (name: string, settled: boolean) =>
      settled
        ? `This is ${memory(name)}, exactly as it is stored. No cell wants to change.`
        : `This is ${memory(name)}, exactly as it is stored, yet some cells want to change.`,
    tryStored: "Spoil it, and see whether the network can bring it back.",
    ready: (cue: Cue) => `A spoiled ${memory(cue.name)}: ${damage(cue)}.`,
    readyUnknown: (memories: boolean) =>
      memories ? "A picture that is like none of the memories." : "A picture to begin with.",
    tryPlay: "Press play, or go step by step.",
    tryGoOn: "Press play to go on, or go step by step.",
    edited: "You changed the picture.",
    adjusted: "You changed the experiment.",
    tryAgain: "Press play to go on from here, or go back to the start and run the same picture again.",
    outcome: (outcome: Outcome, names: string[], after: number, units: number, cue: Cue | null): string => {
      const name = (index: number) => memory(names[index] ?? `${index + 1}`);
      const when = after > 0 ? `After ${sweeps(after)}` : "At once";
      const kind: string = outcome.kind;
      switch (outcome.kind) {
        case "recalled":
          if (!cue || cue.wrong + cue.unknown === 0)
            return `${when} the network is at ${name(outcome.memory)}: all ${cells(units)} are as stored.`;
          return cue.memory === outcome.memory
            ? `${when} the network remembered ${name(outcome.memory)}: all ${cells(units)} are right, ${figures.format(cue.wrong + cue.unknown)} of them mended.`
            : `${when} the network remembered another one: not ${memory(cue.name)}, but ${name(outcome.memory)}.`;
        case "inverse":
          return `${when} it fell into the negative of ${name(outcome.memory)}: every cell is reversed.`;
        case "mixture":
          return `${when} it settled on a blend of ${list(outcome.memories.map(({ memory, sign }) => (sign < 0 ? `the negative of ${name(memory)}` : name(memory))))}, which nobody stored: a mixture state.`;
        case "spurious":
          if (names.length === 0) return `${when} it came to rest: no cell wants to change.`;
          return outcome.nearest
            ? `${when} it settled on a picture nobody stored: a spurious state. ${outcome.nearest.sign < 0 ? `The negative of ${name(outcome.nearest.memory)}` : name(outcome.nearest.memory)} is nearest, with ${cells(outcome.nearest.wrong)} different.`
            : `${when} it settled on a picture nobody stored: a spurious state.`;
        case "two_cycle":
          return `${when} it swings between two pictures for ever: a 2-cycle.`;
        case "not_settled":
          if (outcome.sampling) {
            return "It keeps sampling at this temperature: the picture goes on changing, and no end is to come.";
          }
          if (outcome.unstable === 0) return "Stopped on the way: just now no cell wants to change.";
          return `Stopped on the way: ${cells(outcome.unstable)} still ${outcome.unstable === 1 ? "wants" : "want"} to change.`;
        default:
          // A machine newer than this page may end in ways of its own: its own word for it has to do.
          return `${when} the run stands at: ${kind.replaceAll("_", " ")}.`;
      }
    },
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
        case "two_cycle":
          return `This happens when all cells change at once.${ways.setting === null ? "" : " Let them change one after another instead."}`;
        case "not_settled":
          return !outcome.sampling || ways.temperature === null
            ? words.story.tryGoOn
            : `Turn the ${ways.temperature} down in the controls and it comes to rest; turn it up and it wanders further.`;
        default:
          return words.story.tryGoOn;
      }
    },
  },
  shelf: {
    heading: "Memories",
    pick: (name: string) => `${name}: spoil it and run`,
    pickSpoken: " likeness. Spoil it and run.",
    forget: (name: string) => `Forget ${name}`,
    more: (name: string) => `More on ${name}`,
    store: "Store this",
    blank: "Blank",
    asStored: "Show it as stored",
    asStoredHelp: "Loads the memory unspoiled, to look at or to draw on.",
    spoilAndRun: "Spoil it and run",
    rename: "Name",
    importance: "Importance",
    importanceHelp: "More makes this memory count for more than the others, less for less.",
    save: "Save",
    forgotten: (name: string) => `Forgot ${memory(name)}.`,
    storedAs: (name: string, total: number) =>
      `Stored as ${memory(name)}: the network now holds ${count(total, "memory", "memories")}.`,
    newName: (taken: readonly string[]) => {
      let n = 1;
      while (taken.includes(`mine ${n}`)) n += 1;
      return `mine ${n}`;
    },
    inverse: "negative",
  },
  grid: {
    label: (width: number, height: number) => `Picture of ${width} by ${height} cells`,
    hint: "Arrow keys move, space turns a cell dark or light.",
    role: "drawing grid",
    cell: (x: number, y: number, value: number, held: boolean) =>
      `row ${y + 1}, column ${x + 1}: ${value > 0 ? "dark" : value < 0 ? "light" : "unknown"}${held ? ", held" : ""}`,
    tools: "What a touch does",
    draw: "Draw",
    hold: "Hold cells fixed",
    ask: "Ask a cell why",
  },
  layers: {
    show: "Show",
    memory: "Which memory",
    besideGroup: "Beside the picture",
    beside: "It stands where the charts are.",
    about: (x: number, y: number) => `Row ${y + 1}, column ${x + 1}. Ask another cell with “?”.`,
    role: "sheet of numbers",
    label: (label: string, width: number, height: number) => `${capital(label)}: ${width} by ${height} numbers`,
    reading: (x: number, y: number, value: string) => `row ${y + 1}, column ${x + 1}: ${value}`,
    value: (value: number, palette: Palette) => `${palette !== "magnitude" && value > 0 ? "+" : ""}${figure(value)}`,
    legend: (palette: Palette, squares: boolean, scale: number) => {
      const size = figure(scale);
      const [low, high] = squares ? ["hollow blue squares", "solid red squares"] : ["blue", "red"];
      switch (palette) {
        case "magnitude":
          return squares ? `Solid squares: up to ${size}.` : `From 0, the colour of the sheet, to ${size}.`;
        case "signed":
          return `From −${size}, ${low}, to +${size}, ${high}.`;
        case "spins":
          return squares ? `${capital(low)} −1, ${high} +1.` : "Light −1, dark +1.";
      }
    },
  },
  run: {
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
  },
  spoil: {
    heading: "Spoil",
    again: "Spoil",
    inside: "What stays of it",
  },
  charts: {
    curve: (label: string, value: string, low: string, high: string, points: number) =>
      `${label}: now ${value}, between ${low} and ${high} over ${count(points, "point", "points")}`,
    bars: (label: string, best: string) => `${label}: ${best}`,
    more: (n: number) => `and ${n} more`,
    memoryColumn: "Memory",
    none: "No memories yet.",
  },
  explain: {
    title: (x: number, y: number) => `Why: row ${y + 1}, column ${x + 1}`,
    verdict: (field: string, next: number, state: number) =>
      next === state
        ? `The others push with ${field}: it stays ${next > 0 ? "dark" : "light"}.`
        : `The others push with ${field}: asked now, it would turn ${next > 0 ? "dark" : "light"}.`,
    bias: (value: string) => `Its own bias: ${value}.`,
    strongest: "Strongest voices",
    voice: (x: number, y: number, value: string) => `row ${y + 1}, column ${x + 1}: ${value}`,
    legend: "The squares on the picture show how much each cell pushes: hollow blue to light, solid red to dark.",
    close: "Back to the charts",
  },
  drawer: {
    title: "Controls",
    numbers: "Numbers",
    actions: { cue: "Picture", memory: "Memories", damage: "Damage", learning: "Learning" },
    range: (low: string, high: string) => `A number from ${low} to ${high}.`,
    whole: (low: string, high: string) => `A whole number from ${low} to ${high}.`,
    hash: "State hash",
    hashHelp: "Equal hashes, equal runs, on any machine.",
    kept: "Set here",
  },
  picker: {
    title: "Experiments",
    others: "More",
    paste: "Open a link or a spec",
    pasteHelp: "Paste a link from this page, or the text of a spec.",
    open: "Open",
    failed: "The experiments could not be loaded",
  },
  share: {
    title: "Share this experiment",
    link: "Link",
    length: (n: number) => count(n, "character", "characters"),
    linkHelp:
      "It holds the whole experiment: memories, picture, controls and seed. Whoever opens it sees the same run.",
    spec: "Spec",
    specHelp: "The same experiment as text, for a file or the command line.",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "Copying is not allowed here: the text is selected, press Ctrl+C.",
    download: "Download",
    file: "experiment.json",
  },
  about: {
    reading: "How to read it",
    legend: [
      "Each cell is one unit of the network: dark is +1, light is −1, hatched is unknown.",
      "A cell that is asked listens to the others, and turns dark or light. It flashes when it changes.",
      "Likeness is +1 for the memory itself, around 0 for chance, and −1 for its negative.",
    ],
    keys: "Keys",
    keyList: [
      ["Space", "play or pause"],
      [",", "one step back"],
      ["R", "back to the start"],
      ["Ctrl Z", "undo; with Shift, redo"],
    ] satisfies [string, string][],
    private: "Everything is computed in this tab. Nothing you draw leaves it.",
  },
  problem: {
    title: (kind: LinkProblem["kind"]): string => {
      switch (kind) {
        case "empty":
          return "This link holds no experiment";
        case "truncated":
          return "This link was cut short";
        case "checksum":
          return "This link was changed on its way";
        case "newer":
          return "This link comes from a newer Engram";
        case "unknown_model":
          return "This link asks for a network this page does not have";
        case "invalid":
          return "This experiment cannot be opened";
      }
    },
    plain: (kind: LinkProblem["kind"]): string => {
      switch (kind) {
        case "empty":
          return "There is nothing after the # sign that could be read.";
        case "truncated":
          return "Its end is missing. Mail and chat programs do this to long links: copy it whole, or ask for it again. (A link typed by hand has no such end either.)";
        case "checksum":
          return "Some of its characters are not those that were shared, so what it shows might not be what was meant.";
        case "newer":
          return "It was made with a later version than this page. Reload the page; if that does not help, this site has not been updated yet.";
        case "unknown_model":
          return "It may have been made with a later version, or typed by hand.";
        case "invalid":
          return "Something in it is not allowed.";
      }
    },
    detail: "In detail",
    yours: "What you opened, unchanged",
    salvage: "Open what can be read",
    fresh: "Start fresh",
    back: "Keep what was open",
    opened: "The link was opened, with changes:",
  },
  trouble: {
    restarted: "The engine stopped and was started again from the last saved moment.",
    restartedEmpty: "The engine stopped and was started again.",
    gone: "The engine stopped twice in a row",
    goneText:
      "To be safe, it was not started a third time. What you were working on is below: copy it, then reload the page.",
    unsupported: "This browser cannot run the network",
    unsupportedText:
      "Engram computes with WebAssembly SIMD in a module worker. Chrome or Edge 91, Firefox 114, Safari 16.4, or anything later, will do.",
    presets: "Check the connection, then try again.",
    reload: "Reload",
    again: "Try again",
    undo: "Undo",
    dismiss: "Dismiss",
  },
};

export type Messages = typeof en;
export const words: Messages = en;

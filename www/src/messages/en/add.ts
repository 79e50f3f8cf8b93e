/** More memories at once: from letters, pictures and dice. */
import { figures, signed } from "../../figures";
import type { Fault } from "../../images/decode";
import type { Twin } from "../../state/alike";
import { count, quoted } from "./parts";

const memories = (n: number) => count(n, "memory", "memories");
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
const megapixels = (pixels: number) => `${figures(pixels / 1e6)} megapixels`;

export const add = {
  title: "Add memories",
  ways: { letters: "Letters", images: "Pictures", random: "Random" },
  waysLabel: "Where they come from",
  cancel: "Cancel",

  letters: "Letters and digits",
  lettersHelp: "Each becomes a memory of its own.",
  lettersEmpty: "Type some letters, and see here what they look like.",

  randomCount: "How many",
  randomHelp: "Pictures of fair coins: each cell is ink or paper, whatever its neighbours are.",
  randomName: "random",
  randomAgain: "Other ones",
  randomRange: (most: number) => `A whole number from 1 to ${figures(most)}.`,

  choose: "Choose pictures…",
  dropHere: "or drop or paste them. They stay in this browser.",
  size: "Size",
  sizeHelp: "Cells across and down.",
  sizeNow: (width: number, height: number) => `${width} × ${height} (now)`,
  sizeOther: (width: number, height: number) => `${width} × ${height}`,
  ownThreshold: "Automatic",
  ownThresholdHelp: "For each picture the one that parts dark from light best (Otsu).",
  threshold: "Threshold",
  thresholdHelp: "What is darker than this becomes ink: more makes more ink.",
  dither: "Shades as dots",
  ditherHelp: "Greys become a pattern of dots (dither, Floyd–Steinberg).",
  centre: "Centre",
  centreHelp: "Cuts away what is empty, and moves the centre of mass to the middle.",
  invert: "Invert",
  invertHelp: "Dark becomes paper: for light drawings on a dark ground.",
  options: "How pictures become cells",
  pictures: "What will be added",
  invertOne: (name: string) => `Invert ${name} alone`,
  keep: (name: string) => `Add ${name}`,

  reading: (done: number, all: number) => `Read ${figures(done)} of ${count(all, "file", "files")}.`,
  stop: "Stop",
  leftOut: (n: number) => `${count(n, "file was", "files were")} left out:`,
  tooMany: (most: number, more: number) =>
    `${figures(most)} pictures at a time: ${count(more, "file was", "files were")} not read.`,
  fault: (fault: Fault): string => {
    switch (fault.kind) {
      case "empty":
        return "the file is empty";
      case "heavy":
        return `it has ${megabytes(fault.bytes)}; up to ${megabytes(fault.most)} are read`;
      case "large":
        return `it has ${figures(fault.width)} × ${figures(fault.height)} pixels; up to ${megapixels(fault.most)} are read`;
      case "unknown":
        return "it is not a picture that this browser can read";
      case "damaged":
        return "it is damaged, and could not be read";
    }
  },
  plain: "All cells are alike.",
  moving: "It moves: this is its first frame.",
  noName: "picture",

  twin: ({ name, likeness }: Twin, stored: boolean) => {
    if (likeness === 1) return stored ? `stored as ${quoted(name)}` : `same as ${quoted(name)}`;
    if (likeness === -1) return `negative of ${quoted(name)}`;
    return `${signed(likeness)} ${quoted(name)}`;
  },
  twinLong: ({ name, likeness }: Twin, stored: boolean) => {
    if (likeness === 1) return stored ? `This is already stored as ${quoted(name)}.` : `The same as ${quoted(name)}.`;
    if (likeness === -1) return `The exact negative of ${quoted(name)}.`;
    return likeness > 0
      ? `Very like ${quoted(name)}: likeness ${signed(likeness)}.`
      : `Very like the negative of ${quoted(name)}: likeness ${signed(likeness)}.`;
  },

  none: "Nothing is chosen yet.",
  will: (n: number, total: number) => `The network will hold ${memories(total)}, ${figures(n)} of them new.`,
  alike: (n: number) => `${n === 1 ? "One is" : `${figures(n)} are`} very like another.`,
  leaveAlike: "Leave out",
  other: (width: number, height: number, nowWidth: number, nowHeight: number) =>
    `This network has ${nowWidth} × ${nowHeight} cells. Pictures of ${width} × ${height} open as a new experiment with the same settings; Back returns to this one.`,
  anew: (n: number) => `A new experiment with ${memories(n)}.`,
  press: (n: number) => (n === 0 ? "Add" : `Add ${memories(n)}`),
  pressOpen: (n: number) => (n === 0 ? "Open" : `Open with ${memories(n)}`),
  added: (n: number, total: number) => `Added ${memories(n)}: the network now holds ${memories(total)}.`,
  newTitle: "Your pictures",
};

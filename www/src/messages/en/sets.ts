/** Files that the visitor brings along: pictures to learn from, or what was learned. */
import { figures } from "../../figures";
import { count } from "./parts";

const pictures = (n: number) => count(n, "picture", "pictures");

export const sets = {
  title: "Learn from your own pictures",
  ways: { file: "A data file", images: "Pictures", shelf: "The shelf" },
  waysLabel: "Where they come from",

  choose: "Choose a file…",
  chooseHelp:
    "or drop it: a table (CSV) with a row a picture, IDX, NPY, or a set that was saved here. It stays in this browser.",
  labels: "Labels…",
  labelsHelp: "What each picture is called, in a second file: IDX or NPY. A table has a column with the heading label.",
  chosen: (name: string, labels: string | null) => (labels ? `${name}, labels from ${labels}` : name),
  width: "Cells across",
  height: "Cells down",
  sizeHelp: "Only if the file does not say it, and they are no squares.",

  chooseImages: "Choose pictures…",
  chooseFolder: "Choose a folder…",
  imagesHelp: "or drop them. Each becomes one picture; names of folders or files can say what it is.",
  size: "Size",
  cells: (side: number) => `${side} × ${side}`,
  invert: "Invert",
  invertHelp: "Light becomes ink: for light drawings on a dark ground.",
  names: "Names",
  namings: { none: "none", folders: "of folders", files: "of files, up to a figure" },
  tooMany: (most: number, more: number) =>
    `${figures(most)} at a time: ${count(more, "file was", "files were")} not read.`,

  shelfHelp: (n: number) => `The ${pictures(n)} on the shelf, as they are now, become the set.`,
  shelfEmpty: "There are no pictures on the shelf yet: draw some, store them, and come back.",

  share: "Kept back",
  shareHelp: "So many are never learned from: only with them can one tell learning from knowing by heart.",
  grey: "Grey becomes",
  reading: "Reading…",
  nothing: "Nothing is chosen yet.",
  found: (all: number, width: number, height: number, span: string | undefined, classes: number) =>
    [
      `${pictures(all)} of ${width} × ${height} cells`,
      span ? `numbers from ${span.replace("-", "−")}` : "",
      classes > 0 ? count(classes, "name", "names") : "",
    ]
      .filter(Boolean)
      .join(", "),
  parts: (seen: number, unseen: number) =>
    unseen > 0 ? `It learns from ${figures(seen)}, and never sees ${figures(unseen)}.` : `It learns from all of them.`,
  first: "The first of them",
  picture: (n: number, name: string | null) => (name ? `Picture ${n}: ${name}` : `Picture ${n}`),
  save: "Save as a file",
  saveHelp: "A link does not carry the pictures: send this file along. Whoever opens the link is asked for it.",
  learn: "Learn from these",
  cancel: "Cancel",
  newTitle: "Your own pictures",

  other: (name: string) => `${name} is another file than this experiment needs.`,
  unreadable: (name: string) => `${name} could not be read.`,
  unkept: "This browser did not keep the file: after a reload it has to be chosen again.",
  noLearner: "Only networks that learn from data sets take such a file: choose one of them first.",
};

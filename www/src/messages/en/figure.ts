/** Figures: pictures of a machine that are no grid. */
import type { FigureRole } from "../../engine/types";
import { capital, figure as number, sentence } from "../../figures";

const roles: Readonly<Record<FigureRole, string>> = {
  contour: "",
  theory: "theory",
  measured: "measured",
  path: "the way so far",
  others: "other starts",
  now: "now",
  stable: "comes to rest (stable)",
  saddle: "a pass (saddle)",
  unstable: "is left (unstable)",
  best: "the best there is",
  border: "",
};

export const figure = {
  role: (role: FigureRole): string => roles[role] ?? "",
  positive: "positive",
  negative: "negative",
  label: (label: string, help: string, note: string) =>
    [capital(label), sentence(help), note].map(sentence).filter(Boolean).join(" "),
  /** As in "About …". */
  shown: "what is shown",
  roledescription: "figure to press on",
  hint: "Arrow keys move a cross-hair, with Shift by less; space or Enter presses there.",
  /** Where the cross-hair stands. */
  place: (across: string, x: number, up: string, y: number) =>
    `${across || "across"} ${number(x)}, ${up || "up"} ${number(y)}`,
  node: (name: string, index: number) => name || `node ${index + 1}`,
  /** Of a figure with parts that can be looked at closely. */
  boxes: "Press a tile to look closer.",
  box: (index: number) => `Tile ${index + 1}`,
  back: "all tiles",
  walk: "move the cross-hair",
  nudge: "move it by less",
  press: "press there",
  hold: "take hold of a node, and let go of it elsewhere",
  held: "Held. Move on, and let go of it there.",
  free: "Let go.",
};

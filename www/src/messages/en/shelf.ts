/** The memories. */
import { signed } from "../../figures";
import type { Twin } from "../../state/alike";
import { count, quoted } from "./parts";

export const shelf = {
  heading: "Memories",
  pick: (name: string) => `${name}: spoil it and run`,
  pickSpoken: " likeness. Spoil it and run.",
  forget: (name: string) => `Forget ${name}`,
  more: (name: string) => `More on ${name}`,
  empty: "No memories yet. Draw on the picture and store it, or add some.",
  store: "Store this",
  blank: "Blank",
  add: "Add",
  /** Before a picture is stored that is too like a memory. */
  alike: ({ name, likeness }: Twin) => {
    if (likeness === 1) return `This is already stored as ${quoted(name)}.`;
    if (likeness === -1) return `This is the exact negative of ${quoted(name)}.`;
    return likeness > 0
      ? `Very like ${quoted(name)}: likeness ${signed(likeness)}. The network may mix the two up.`
      : `Very like the negative of ${quoted(name)}: likeness ${signed(likeness)}. The network may mix the two up.`;
  },
  storeAnyway: "Store anyway",
  leave: "Leave it",
  moved: (name: string, place: number, all: number) => `${quoted(name)} is now number ${place} of ${all}.`,
  level: { ok: "fine", near: "at risk", over: "too much" },
  asStored: "Show it as stored",
  asStoredHelp: "Loads the memory unspoiled, to look at or to draw on.",
  spoilAndRun: "Spoil it and run",
  rename: "Name",
  importance: "Importance",
  importanceHelp: "More makes this memory count for more than the others, less for less.",
  save: "Save",
  forgotten: (name: string) => `Forgot ${quoted(name)}.`,
  storedAs: (name: string, total: number) =>
    `Stored as ${quoted(name)}: the network now holds ${count(total, "memory", "memories")}.`,
  newName: (taken: readonly string[]) => {
    let n = 1;
    while (taken.includes(`mine ${n}`)) n += 1;
    return `mine ${n}`;
  },
  order: "Place",
  place: (place: number, all: number) => `${place} of ${all}`,
  earlier: "Earlier",
  later: "Later",
  forgetThis: "Forget it",
};

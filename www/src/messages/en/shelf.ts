/** The memories. */
import { count, quoted } from "./parts";

export const shelf = {
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
  forgotten: (name: string) => `Forgot ${quoted(name)}.`,
  storedAs: (name: string, total: number) =>
    `Stored as ${quoted(name)}: the network now holds ${count(total, "memory", "memories")}.`,
  newName: (taken: readonly string[]) => {
    let n = 1;
    while (taken.includes(`mine ${n}`)) n += 1;
    return `mine ${n}`;
  },
  inverse: "negative",
};

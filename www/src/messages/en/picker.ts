/** The list of experiments. */
import { count } from "./parts";

export const picker = {
  title: "Experiments",
  others: "More",
  filter: "Find an experiment",
  tags: "What they are about",
  filterHint: "Find: overload, dream, letter …",
  found: (n: number) => (n === 0 ? "None has these words." : count(n, "experiment", "experiments")),
  current: "open now",
  paste: "Open a link or a spec",
  pasteHelp: "Paste a link from this page, or the text of a spec.",
  open: "Open",
  failed: "The experiments could not be loaded",
};

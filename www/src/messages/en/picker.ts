/** The list of experiments. */

export const picker = {
  title: "Experiments",
  others: "More",
  paste: "Open a link or a spec",
  pasteHelp: "Paste a link from this page, or the text of a spec.",
  open: "Open",
  failed: "The experiments could not be loaded",
};

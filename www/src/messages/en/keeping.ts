/** What is kept of the visitor's work, where, and what was kept before. */
import { count } from "./parts";

export const keeping = {
  title: "Your work",
  untouched:
    "Nothing of this experiment has been changed yet. As soon as you draw, store, set or run something, it is kept in this browser.",
  savedText:
    "Everything is kept in this browser, with its history: it is still there after a reload, and when the tab is closed and opened again. It is not sent anywhere, and other browsers do not have it.",
  instead: "To keep it, copy the link, which holds the experiment as it stands, or save it as a file.",
  copyLink: "Copy the link",
  saveFile: "Save as a file",
  recent: "Recent work",
  recentHelp: (most: number) =>
    `The last ${count(most, "work", "works")} of this browser are kept, the oldest make room.`,
  none: "Nothing yet.",
  remove: (title: string) => `Delete ${title}`,
  removeAll: "Delete all",
  removed: (n: number) => (n === 1 ? "The work was deleted." : `${count(n, "work was", "works were")} deleted.`),
  now: "now",
  resetTitle: (title: string) => `Start “${title}” afresh?`,
  resetText: "It is opened again as it was at first, without anything that you have done to it.",
  resetKept: "What you have now stays under Recent work, and Back leads to it.",
  resetLost: "What you have now is lost: this browser does not keep it.",
  resetDo: "Start afresh",
  resetExport: "Export first",
  resetCancel: "Cancel",
};

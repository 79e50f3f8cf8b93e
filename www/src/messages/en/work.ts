/** The visitor's own work: how it is kept, and what was kept. */
import { count } from "./parts";

export const work = {
  saving: "Saving…",
  saved: "Saved here",
  unsaved: "Not saved",
  explain: "What is kept of your work, and where",
  title: "Your work",
  untouched:
    "Nothing of this experiment has been changed yet. As soon as you draw, store, set or run something, it is kept in this browser.",
  savedText:
    "Everything is kept in this browser, with its history: it is still there after a reload, and when the tab is closed and opened again. It is not sent anywhere, and other browsers do not have it.",
  refused: "This browser does not let pages keep anything, as in some private windows. Your work ends with this tab.",
  full: "The browser's storage for this site is full. The last change is not kept; older works below may be deleted to make room.",
  large: "This session is too large for this browser to keep.",
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
  reset: "Start afresh…",
  resetTitle: (title: string) => `Start “${title}” afresh?`,
  resetText: "It is opened again as it was at first, without anything that you have done to it.",
  resetKept: "What you have now stays under Recent work, and Back leads to it.",
  resetLost: "What you have now is lost: this browser does not keep it.",
  resetDo: "Start afresh",
  resetExport: "Export first",
  resetCancel: "Cancel",
  unreadable: "What was kept here could not be opened, so the link was. It is still under Recent work.",
  suspect: "The page stopped the last time it was opened.",
};

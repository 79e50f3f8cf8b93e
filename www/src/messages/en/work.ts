/** The visitor's own work: whether it is kept. */

export const work = {
  saving: "Saving…",
  saved: "Saved here",
  unsaved: "Not saved",
  explain: "What is kept of your work, and where",
  refused: "This browser does not let pages keep anything, as in some private windows. Your work ends with this tab.",
  full: "The browser's storage for this site is full. The last change is not kept; older works below may be deleted to make room.",
  large: "This session is too large for this browser to keep.",
  reset: "Start afresh…",
  unreadable: "What was kept here could not be opened, so the link was. It is still under Recent work.",
  suspect: "The page stopped the last time it was opened.",
};

/** Notes on the parts of a machine. */

export const notes = {
  about: (label: string) => `About ${label}`,
  close: "Close the note",
  here: "Here",
  where: "Where",
  source: "Source",
  wait: "One moment.",
  failed: "The notes could not be loaded. Is there a connection?",
  again: "Try again",
  none: "There is no note on this yet.",
  /** Before what follows from doing something with a part, by what it is. */
  consequence: {
    setting: "What happens if I move this?",
    option: "What happens if I choose this?",
    action: "What happens if I do this?",
    measure: "How do I read this?",
    model: "What can I try?",
  },
};

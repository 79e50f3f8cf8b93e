/** Files that the visitor brings along, to learn from or of what was learned. */

export const sets = {
  other: (name: string) => `${name} is another file than this experiment needs.`,
  unreadable: (name: string) => `${name} could not be read.`,
  unkept: "This browser did not keep the file: after a reload it has to be chosen again.",
};

/** The controls. */

export const drawer = {
  title: "Controls",
  numbers: "Numbers",
  actions: { cue: "Picture", memory: "Memories", damage: "Damage", learning: "Learning" },
  range: (low: string, high: string) => `A number from ${low} to ${high}.`,
  whole: (low: string, high: string) => `A whole number from ${low} to ${high}.`,
  hash: "State hash",
  hashHelp: "Equal hashes, equal runs, on any machine.",
  kept: "Set here",
};

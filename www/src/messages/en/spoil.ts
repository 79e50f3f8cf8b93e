/** Spoiling the picture. */

export const spoil = {
  heading: "Spoil",
  again: "Spoil",
  inside: "What stays of it",
};

/** Spoiling the picture. */

export const spoil = {
  heading: "Spoil",
  again: "Spoil",
  note: "spoiling",
  inside: "What stays of it",
};

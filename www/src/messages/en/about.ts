/** About this experiment. */

export const about = {
  reading: "How to read it",
  legend: [
    "Each cell is one unit of the network: ink is +1, paper is −1, hatched is unknown.",
    "A cell that is asked listens to the others, and turns to ink or to paper. It flashes when it changes.",
    "Likeness is +1 for the memory itself, around 0 for chance, and −1 for its negative.",
  ],
  choices: "What it can be set to",
  /** A choice that belongs to something that can be done. */
  kindOf: (action: string, choice: string) => `${action}: ${choice}`,
  keys: "Keys of the keyboard",
  private: "Everything is computed in this tab. Nothing you draw leaves it.",
};

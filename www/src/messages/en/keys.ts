/** The keys and their sheet. */

export const keys = {
  walk: "from cell to cell, along the row, up and down",
  touch: "draw, hold or ask, as the tool says",
  erase: "erase, or let go",
};

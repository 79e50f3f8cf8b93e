/** Why a cell does what it does. */

export const explain = {
  title: (x: number, y: number) => `Why: row ${y + 1}, column ${x + 1}`,
  verdict: (field: string, next: number, state: number) =>
    next === state
      ? `The others push with ${field}: it stays ${next > 0 ? "dark" : "light"}.`
      : `The others push with ${field}: asked now, it would turn ${next > 0 ? "dark" : "light"}.`,
  bias: (value: string) => `Its own bias: ${value}.`,
  strongest: "Strongest voices",
  voice: (x: number, y: number, value: string) => `row ${y + 1}, column ${x + 1}: ${value}`,
  legend: "The squares on the picture show how much each cell pushes: hollow blue to light, solid red to dark.",
};

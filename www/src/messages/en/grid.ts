/** The picture and its tools. */

export const grid = {
  label: (width: number, height: number) => `Picture of ${width} by ${height} cells`,
  hint: "Arrow keys move, space turns a cell dark or light.",
  role: "drawing grid",
  cell: (x: number, y: number, value: number, held: boolean) =>
    `row ${y + 1}, column ${x + 1}: ${value > 0 ? "dark" : value < 0 ? "light" : "unknown"}${held ? ", held" : ""}`,
  tools: "What a touch does",
  draw: "Draw",
  hold: "Hold cells fixed",
  ask: "Ask a cell why",
};

/** The picture and its tools. */
import { cells, shade } from "./parts";

export const grid = {
  label: (width: number, height: number) => `Picture of ${width} by ${height} cells`,
  views: "What is shown",
  picture: "Picture",
  hint: "Arrow keys move, space turns a cell to ink or to paper, Delete makes it paper.",
  hintGrey: "Arrow keys move, space gives a cell the shade of the pen, Delete makes it paper.",
  role: "drawing grid",
  cell: (x: number, y: number, value: number, held: boolean, grey: boolean) =>
    `row ${y + 1}, column ${x + 1}: ${shade(value, grey)}${held ? ", held" : ""}`,
  tools: "What a touch does",
  draw: "Draw",
  erase: "Erase",
  hold: "Hold cells fixed",
  ask: "Ask a cell why",
  brush: "Width of the brush",
  width: (n: number) => (n === 1 ? "One cell at a time" : `A brush ${cells(n)} wide`),
  level: "Shade of the pen",
  levelIs: (level: number) => shade(level, true),
  origin: "The picture before the run: go back there",
  originShort: "before",
  release: (n: number) => `Let go of the ${cells(n)} held`,
};

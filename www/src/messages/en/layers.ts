/** The machine's pictures of itself. */
import type { Palette } from "../../engine/types";
import { capital, figure } from "../../figures";

export const layers = {
  show: "Show",
  memory: "Which memory",
  besideGroup: "Beside the picture",
  beside: "It stands where the charts are.",
  about: (x: number, y: number) => `Row ${y + 1}, column ${x + 1}. Ask another cell with “?”.`,
  role: "sheet of numbers",
  label: (label: string, width: number, height: number) => `${capital(label)}: ${width} by ${height} numbers`,
  reading: (x: number, y: number, value: string) => `row ${y + 1}, column ${x + 1}: ${value}`,
  value: (value: number, palette: Palette) => `${palette !== "magnitude" && value > 0 ? "+" : ""}${figure(value)}`,
  legend: (palette: Palette, squares: boolean, scale: number) => {
    const size = figure(scale);
    const [low, high] = squares ? ["hollow blue squares", "solid red squares"] : ["blue", "red"];
    switch (palette) {
      case "magnitude":
        return squares ? `Solid squares: up to ${size}.` : `From 0, the colour of the sheet, to ${size}.`;
      case "signed":
        return `From −${size}, ${low}, to +${size}, ${high}.`;
      case "spins":
        return squares ? `${capital(low)} −1, ${high} +1.` : "Light −1, dark +1.";
    }
  },
};

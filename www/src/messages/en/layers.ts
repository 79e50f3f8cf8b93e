/** The machine's pictures of itself. */
import type { Histogram } from "../../engine/types";
import { capital, figure, figures } from "../../figures";
import type { MapName } from "../../views/palette";
import { count } from "./parts";

/** Where there is no number: damage has cut the connection. */
const none = "cut";

export const layers = {
  show: "Show",
  shown: "what is shown",
  memory: "Which memory",
  besideGroup: "Beside the picture",
  beside: (help: string) => `${help} It stands where the charts are.`,
  about: (x: number, y: number) => `Row ${y + 1}, column ${x + 1}. Ask another cell with “?”.`,
  role: "sheet of numbers",
  label: (label: string, width: number, height: number) => `${capital(label)}: ${width} by ${height} numbers`,
  reading: (x: number, y: number, value: string) => `row ${y + 1}, column ${x + 1}: ${value}`,
  value: (value: number, palette: MapName) =>
    Number.isNaN(value) ? none : `${palette !== "magnitude" && value > 0 ? "+" : ""}${figure(value)}`,
  none,
  legend: (palette: MapName, squares: boolean, scale: number, cut: "cross" | "grey" | null) => {
    const size = figure(scale);
    const rest = cut === null ? "" : cut === "cross" ? " A cross: cut by damage." : " Grey: cut by damage.";
    const [low, high] = squares ? ["hollow blue squares", "solid red squares"] : ["blue", "red"];
    switch (palette) {
      case "magnitude":
        return `${squares ? `Solid squares: up to ${size}.` : `From 0, the colour of the sheet, to ${size}.`}${rest}`;
      case "signed":
        return `From −${size}, ${low}, to +${size}, ${high}.${rest}`;
      case "grey":
        return "From paper, −1, to ink, +1.";
      case "spins":
        return squares ? `${capital(low)} −1, ${high} +1.` : "Paper −1, ink +1.";
    }
  },
  spreadOf: (label: string) => `${capital(label)}: how they are spread`,
  spread: ({ total, mean, deviation, counts, before }: Histogram) => {
    const was = before?.reduce((sum, n) => sum + n, 0) ?? total;
    const now = counts.reduce((sum, n) => sum + n, 0);
    return [
      `${count(total, "number", "numbers")}: mean ${figure(mean)} ± ${figure(deviation)}`,
      ...(was > now ? [`${figures(was - now)} cut`] : []),
      ...(before ? ["dashed: before the damage"] : []),
    ].join(" · ");
  },
  range: (low: string, high: string) => `${low} to ${high}`,
  bin: (range: string, n: number) => `${range}: ${figures(n)}`,
  count: (n: number) => figures(n),
  numbers: "from, to",
  howMany: "how many",
  before: "before the damage",
  instead: (label: string) => `Show ${label}`,
};

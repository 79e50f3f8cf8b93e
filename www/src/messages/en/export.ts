/** Taking pictures, numbers and the experiment away. */
import { figures } from "../../figures";
import { count } from "./parts";

export const exporting = {
  title: "Export",
  picture: "A picture",
  view: "What",
  format: "Format",
  formats: { png: "PNG", svg: "SVG" },
  size: "Size",
  pixels: (width: number, height: number) => `${figures(width)} × ${figures(height)} pixels`,
  sharp: "sharp at every size",
  times: (n: number) => `${n}×`,
  colours: "Colours",
  light: "Light",
  dark: "Dark",
  transparent: "Transparent background",
  preview: (what: string) => `Preview: ${what}`,
  save: "Save picture",
  copy: "Copy picture",
  copied: "Copied",
  copyFailed: "This browser did not allow the picture to be copied. Save it instead.",
  tooLarge: "This browser cannot make a picture that large. Choose a smaller size.",
  grid: "The picture",
  /** Where the unit is that a picture is about. */
  place: (x: number, y: number) => `row ${y + 1}, column ${x + 1}`,
  over: (layer: string) => `The picture with ${layer}`,
  memories: "All memories",
  measure: (label: string, symbol: string) => (symbol ? `${label} ${symbol}` : label),
  moment: (value: string, time: number) => [value, `step ${figures(time)}`].filter(Boolean).join(" · "),
  data: "Numbers and experiment",
  series: "Curves, as a table (CSV)",
  seriesHelp: (rows: number, columns: number, every: number) => {
    const size = `${count(rows, "row", "rows")}, ${count(columns, "column", "columns")}`;
    const kept = every > 1 ? `every ${figures(every)}th step: long runs are thinned` : "every step";
    return `${size}; ${kept}.`;
  },
  spec: "The experiment (JSON)",
  specHelp: "For this page, where it can be opened or dropped again, and for the command line.",
  saveFile: "Save",
  command: "The same run on the command line",
  commandChanged:
    "With the file above in the same folder: the experiment as it is now, from its start. What you saw was changed on its way, so it is another run.",
  commandHelp: "With the file above in the same folder: the same numbers, bit for bit.",
};

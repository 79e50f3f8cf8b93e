/** Numbers over a box as colours: around zero, or from paper to ink. */
import { pixelMap, step } from "../palette";
import { enlarge } from "../pixels";
import type { Surface } from "../surface";
import type { Theme } from "../theme";
import { known, type MarkOf } from "./data";
import type { Plan } from "./plan";

/** With fewer columns its cells are seen; with more it is as smooth as what it stands for. */
const SMOOTH = 24;

export function drawField({ context }: Surface, plan: Plan, field: MarkOf<"field">, theme: Theme): void {
  const { width, height, bounds, values, shade } = field;
  if (width < 1 || height < 1 || values.length !== width * height) return;
  const [left, bottom, right, top] = bounds;
  const box = [plan.x(left), plan.y(top), plan.x(right) - plan.x(left), plan.y(bottom) - plan.y(top)] as const;
  const scale = {
    palette: shade === "ink" ? "grey" : "signed",
    scale: shade === "ink" ? 1 : plan.key.scale || 1,
  } as const;
  const colours = pixelMap(scale.palette, theme);
  const fill = (pixels: Uint32Array) => {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0, at = (height - 1 - y) * width; x < width; x++, i++, at++) {
        const value = known(values[at]);
        pixels[i] = Number.isNaN(value) ? 0 : (colours[step(value, scale)] ?? 0);
      }
    }
  };
  enlarge(context, width, height, box, fill, shade === "slope" && width >= SMOOTH);
}

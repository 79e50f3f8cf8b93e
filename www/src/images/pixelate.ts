/** From a picture in greys to the cells of a grid. */
import { byDots, byThreshold } from "./dither";
import { cellGreys, centredFrame, PAPER, wholeFrame } from "./frame";
import type { Grey } from "./grey";
import { otsu } from "./otsu";

export interface Recipe {
  /** The grey below which a cell is ink, 0 to 255; null is Otsu's for each picture. */
  threshold: number | null;
  /** Greys by dots instead of one threshold. */
  dither: boolean;
  /** Cropped to what is drawn, and moved to the middle. */
  centre: boolean;
  /** Ink becomes paper. */
  invert: boolean;
}

const MIDDLE = 127.5;

/** One character a cell, row by row: "1" is ink. */
export function pixelate(picture: Grey, columns: number, rows: number, recipe: Recipe): string {
  // Turned over first: what lies beside the picture is paper either way.
  const source = recipe.invert ? { ...picture, values: picture.values.map((value) => PAPER - value) } : picture;
  const centred = recipe.centre
    ? centredFrame(source, columns, rows, recipe.threshold ?? otsu(source.values) ?? MIDDLE)
    : null;
  const frame = centred ?? wholeFrame(source, columns, rows);
  const { greys, cover } = cellGreys(source, frame, columns, rows);
  if (recipe.dither) return byDots(greys, cover, columns, rows, recipe.threshold ?? MIDDLE);
  const covered = greys.filter((_, i) => (cover[i] ?? 0) > 0.5);
  return byThreshold(greys, recipe.threshold ?? otsu(covered) ?? MIDDLE);
}

/** Small signs for what was done to a run: one for each kind that is common, others by what they are done to. */
import type { ActionInfo } from "../../engine/types";

const SVG = "http://www.w3.org/2000/svg";

/** Drawn on a 12×12 sheet, filled. */
const shapes = {
  spoil: "M6 0 7.500 4.500 12 6 7.500 7.500 6 12 4.500 7.500 0 6 4.500 4.500z",
  store: "M4.500 1h3v3.500H11v3H7.500V11h-3V7.500H1v-3h3.500z",
  forget: "M1 4.500h10v3H1z",
  clamp: "M3 1h6v1.500H7.500v4H10V8H6.800v4H5.200V8H2V6.500h2.500v-4H3z",
  paint: "m1 11 1-4 6-6 3 3-6 6z",
  cue: "M6 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z",
  memory: "M1.500 1.500h9v9h-9z",
  damage: "M7.500 0 1.500 7H5l-1.500 5L10 5H6.500z",
  learning: "M6 1.500 11.500 11H.5z",
  setting: "M6 .5 11.500 6 6 11.500.5 6z",
  several: "M1 1.500h10v2H1zM1 5h10v2H1zM1 8.500h10v2H1z",
} as const;

export type Glyph = keyof typeof shapes;

/** The sign of an edit: its action's key, or its action's group; what is no action is a setting. */
export function glyphFor(kind: string, actions: readonly ActionInfo[]): Glyph {
  if (kind in shapes) return kind as Glyph;
  return actions.find(({ key }) => key === kind)?.group ?? "setting";
}

export function glyph(name: Glyph): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}

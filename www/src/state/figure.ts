/** What stands on the stage: the grid, or one of the machine's figures. */
import type { FigureInfo, SessionInfo } from "../engine/types";

/** The grid, as a key among those of figures: on the page, and as the engine has it. */
export const GRID = "";
const GRID_IN_SPECS = "grid";

/** The figures that can be chosen. */
export function figuresOf({ description, hide }: SessionInfo): FigureInfo[] {
  return description.figures.filter(({ key }) => !hide.includes(key));
}

/** The figure on the stage; null is the grid. `wanted` is what the visitor chose, or null. */
export function figureOnStage(info: SessionInfo, wanted: string | null): FigureInfo | null {
  if (wanted === GRID) return null;
  return figuresOf(info).find(({ key }) => key === wanted) ?? opensOn(info);
}

/** How a link says that this was chosen; null if it need not. */
export function saidInLink(info: SessionInfo, chosen: string): string | null {
  const leads = leader(info)?.key ?? GRID;
  return chosen === leads ? null : chosen === GRID ? GRID_IN_SPECS : chosen;
}

function opensOn(info: SessionInfo): FigureInfo | null {
  if (info.figure === GRID_IN_SPECS) return null;
  return figuresOf(info).find(({ key }) => key === info.figure) ?? leader(info);
}

/** What takes the place of the grid unless something else is asked for: where all that stand side by side have it. */
function leader(info: SessionInfo): FigureInfo | null {
  const figure = figuresOf(info).find(({ leads }) => leads);
  const shared = info.beside.every(({ description }) => description.figures.some(({ key }) => key === figure?.key));
  return figure && shared ? figure : null;
}

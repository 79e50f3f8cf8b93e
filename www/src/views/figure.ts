/**
 * A picture of a machine that is no grid: two axes, marks over them, and a key to the marks. What stands still and what
 * moves are drawn one after the other, so that the first can be kept while the second changes.
 */
import type { Figure, FigureMark } from "../engine/types";
import { drawAxes } from "./figure/axes";
import { drawFigureBars } from "./figure/bars";
import { type FigureData, marksOf, ofKind } from "./figure/data";
import { drawField } from "./figure/field";
import { drawKey } from "./figure/key";
import { drawArrows, drawLines } from "./figure/lines";
import { Names } from "./figure/names";
import { drawLinks, drawNodes } from "./figure/nodes";
import type { Plan } from "./figure/plan";
import { drawPointMarks } from "./figure/points";
import { stroke } from "./plot";
import type { Surface } from "./surface";
import type { Theme } from "./theme";

/** Where the cross-hair stands, on the canvas; null for none. */
export type CrossHair = readonly [x: number, y: number] | null;

/** Marks lie on the sheet; of these those that stand at its rim are seen whole. */
const ROUND: ReadonlySet<FigureMark["mark"]> = new Set(["points", "nodes", "links"]);
const RIM = 12;

export function drawStill(area: Surface, plan: Plan, data: FigureData, theme: Theme): void {
  drawAxes(area, plan, theme);
  drawMarks(area, plan, data, data.still, theme);
  drawKey(area, plan.key, data, theme);
}

export function drawMoving(area: Surface, plan: Plan, data: FigureData, theme: Theme, cross: CrossHair = null): void {
  if (data.moving) drawMarks(area, plan, data, data.moving, theme);
  if (cross) drawCross(area, plan, cross, theme);
}

function drawMarks(area: Surface, plan: Plan, data: FigureData, part: Figure, theme: Theme): void {
  const { context } = area;
  const all = marksOf(data);
  const names = new Names(context, plan);
  const nodes = ofKind(data.still.marks, "nodes").reduce((sum, { at }) => sum + at.length, 0);
  const late = ofKind(data.still.marks, "links").filter(({ pairs }) =>
    pairs.some((pair) => Math.max(...pair) >= nodes),
  );
  let first = part === data.still ? 0 : nodes;
  // Links that stand still between nodes that move are drawn with these.
  if (part === data.moving) for (const links of late) drawLinks(area, plan, links, theme);
  for (const mark of part.marks) {
    context.save();
    clip(context, plan, ROUND.has(mark.mark) ? RIM : 0);
    switch (mark.mark) {
      case "field":
        drawField(area, plan, mark, theme);
        break;
      case "lines":
        drawLines(area, plan, mark, all, names, theme);
        break;
      case "arrows":
        drawArrows(area, plan, mark, theme);
        break;
      case "points":
        drawPointMarks(area, plan, mark, all, names, theme);
        break;
      case "nodes":
        drawNodes(area, plan, mark, first, names, theme);
        first += mark.at.length;
        break;
      case "links":
        if (!late.includes(mark)) drawLinks(area, plan, mark, theme);
        break;
      case "bars":
        drawFigureBars(area, plan, mark, theme);
        break;
    }
    context.restore();
  }
  names.draw(theme);
}

function clip(context: CanvasRenderingContext2D, { left, right, top, bottom }: Plan, rim: number): void {
  context.beginPath();
  context.rect(left - rim, top - rim, right - left + 2 * rim, bottom - top + 2 * rim);
  context.clip();
}

function drawCross({ context }: Surface, plan: Plan, [x, y]: readonly [number, number], theme: Theme): void {
  for (const [colour, width] of [
    [theme.paper, 3],
    [theme.accent, 1],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    stroke(context, plan.left, y, plan.right, y);
    stroke(context, x, plan.top, x, plan.bottom);
  }
}

/** Points in their roles, with the errors of what was measured. */
import type { FigureMark } from "../../engine/types";
import type { Surface } from "../surface";
import type { Theme } from "../theme";
import type { MarkOf } from "./data";
import { turnOf } from "./key";
import type { Names } from "./names";
import type { Plan } from "./plan";
import { drawPoints, POINT } from "./roles";

/** From so many on they are a crowd. */
const CROWD = 400;
const CAP = 3;

export function drawPointMarks(
  { context }: Surface,
  plan: Plan,
  points: MarkOf<"points">,
  all: readonly FigureMark[],
  names: Names,
  theme: Theme,
): void {
  const { role, at, error } = points;
  const places = at.map(([x, y]) => ({ x: plan.x(x), y: plan.y(y) }));
  const size = POINT[role] * (at.length > CROWD ? 0.6 : 1);
  if (error.length > 0) {
    context.strokeStyle = theme.accent;
    context.lineWidth = 1.25;
    context.beginPath();
    for (const [i, { x }] of places.entries()) {
      const value = at[i]?.[1] ?? 0;
      const reach = error[i] ?? 0;
      if (!(reach > 0)) continue;
      const [high, low] = [plan.y(value + reach), plan.y(value - reach)];
      for (const end of [high, low]) {
        context.moveTo(x - CAP, end);
        context.lineTo(x + CAP, end);
      }
      context.moveTo(x, high);
      context.lineTo(x, low);
    }
    context.stroke();
  }
  drawPoints(context, places, { role, turn: turnOf(all, points), size }, theme);
  for (const [i, { x, y }] of places.entries()) {
    names.keep(x, y, size);
    names.put(points.names[i] ?? "", x, y, size);
  }
}

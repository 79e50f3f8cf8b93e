/** Lines in their roles, and arrows. */
import type { FigureMark } from "../../engine/types";
import type { Surface } from "../surface";
import type { Theme } from "../theme";
import type { MarkOf } from "./data";
import { turnOf } from "./key";
import type { Names } from "./names";
import { type Plan, trace } from "./plan";
import { lineLook, setLine, unsetLine } from "./roles";

/** A way that was gone fades in so many steps, to this much at its beginning. */
const FADES = 24;
const OLDEST = 0.12;
/** The longest arrow, in CSS pixels, and how much of the room between arrows it takes. */
const LONGEST = 28;
const SHORTEST = 6;
const ROOM = 0.85;

export function drawLines(
  { context }: Surface,
  plan: Plan,
  lines: MarkOf<"lines">,
  all: readonly FigureMark[],
  names: Names,
  theme: Theme,
): void {
  const look = lineLook(lines.role, turnOf(all, lines), theme);
  setLine(context, look);
  if (lines.role === "path") {
    for (const path of lines.paths) {
      const fades = Math.min(FADES, path.length - 1);
      for (let i = 0; i < fades; i++) {
        const [from, to] = [i, i + 1].map((step) => Math.round((step * (path.length - 1)) / fades)) as [number, number];
        context.globalAlpha = OLDEST + (1 - OLDEST) * ((i + 1) / fades) ** 2;
        context.beginPath();
        trace(context, plan, path, from, to + 1);
        context.stroke();
      }
    }
  } else {
    context.beginPath();
    for (const path of lines.paths) trace(context, plan, path);
    context.stroke();
  }
  unsetLine(context);
  if (lines.role !== "border" || lines.label === "") return;
  const end = lines.paths.at(-1)?.at(-1);
  if (end) names.put(lines.label, plan.x(end[0]), plan.y(end[1]), 0);
}

export function drawArrows({ context }: Surface, plan: Plan, { from, by }: MarkOf<"arrows">, theme: Theme): void {
  const arrows = from.map(([x, y], i) => {
    const [right, up] = by[i] ?? [0, 0];
    const [left, level] = [plan.x(x), plan.y(y)];
    return { left, level, right: plan.x(x + right) - left, down: plan.y(y + up) - level };
  });
  const longest = arrows.reduce((most, { right, down }) => Math.max(most, Math.hypot(right, down)), 0);
  if (!(longest > 0)) return;
  const each = Math.sqrt(((plan.right - plan.left) * (plan.bottom - plan.top)) / arrows.length);
  const scale = Math.max(SHORTEST, Math.min(LONGEST, ROOM * each)) / longest;
  context.strokeStyle = theme.soft;
  context.lineWidth = 1;
  context.beginPath();
  for (const { left, level, right, down } of arrows) {
    const [x, y] = [left + scale * right, level + scale * down];
    const length = scale * Math.hypot(right, down);
    if (!(length >= 1)) continue;
    context.moveTo(left, level);
    context.lineTo(x, y);
    const head = Math.min(4, 0.4 * length) / length;
    const [back, side] = [scale * head * right, scale * head * down];
    context.moveTo(x - back - side / 2, y - side + back / 2);
    context.lineTo(x, y);
    context.lineTo(x - back + side / 2, y - side - back / 2);
  }
  context.stroke();
}

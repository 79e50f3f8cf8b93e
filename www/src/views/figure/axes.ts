/** The sheet of a figure: its lines, its numbers or names, and what they count. */
import { shorten } from "../bars";
import { stroke } from "../plot";
import type { Surface } from "../surface";
import type { Theme } from "../theme";
import type { Plan } from "./plan";

/** Room between two names at an axis. */
const APART = 10;

export function drawAxes({ context }: Surface, plan: Plan, theme: Theme): void {
  const { left, right, top, bottom, across, up } = plan;
  context.lineWidth = 1;
  for (const { at } of up.ticks) {
    const level = Math.round(plan.y(at)) + 0.5;
    context.strokeStyle = at === 0 ? theme.edge : theme.line;
    stroke(context, left, level, right, level);
  }
  for (const { at } of plan.bars ? [] : across.ticks) {
    const place = Math.round(plan.x(at)) + 0.5;
    context.strokeStyle = at === 0 ? theme.edge : theme.line;
    stroke(context, place, top, place, bottom);
  }
  context.fillStyle = theme.soft;
  context.font = `12px ${theme.figures}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  let free = Number.POSITIVE_INFINITY;
  for (const { at, label } of [...up.ticks].sort((a, b) => a.at - b.at)) {
    const level = plan.y(at);
    if (level > free) continue;
    free = level - 14;
    context.fillText(shorten(context, label, left - 12), left - 8, level);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  let end = Number.NEGATIVE_INFINITY;
  for (const { at, label } of [...across.ticks].sort((a, b) => a.at - b.at)) {
    const half = context.measureText(label).width / 2;
    const middle = Math.min(Math.max(plan.x(at), half), right + 10 - half);
    if (middle - half < end) continue;
    end = middle + half + APART;
    context.fillText(label, middle, bottom + 7);
  }
  context.font = `14px ${theme.text}`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  if (up.label) context.fillText(up.label, Math.max(0, left - 44), top - 13);
  context.textAlign = "right";
  if (across.label) context.fillText(across.label, right, bottom + 38);
}

/** Bars side by side: each in its parts where there is room, else their outline as columns of pixels. */
import type { Surface } from "../surface";
import { memoryColour, type Theme } from "../theme";
import { known, type MarkOf } from "./data";
import type { Plan } from "./plan";

/** Narrower bars than this, in CSS pixels, stand without gaps. */
const ROOM_FOR_GAPS = 4;

export function drawFigureBars({ context, ratio }: Surface, plan: Plan, bars: MarkOf<"bars">, theme: Theme): void {
  const { values } = bars;
  const zero = plan.y(0);
  const pitch = plan.x(1) - plan.x(0);
  const gap = pitch >= ROOM_FOR_GAPS ? Math.min(6, 0.2 * pitch) : 0;
  const parts = new Map<string, [left: number, low: number, high: number][]>();
  // Few fills, whatever the number of bars: a list of boxes for each colour.
  const box = (colour: string, left: number, from: number, to: number) => {
    const list = parts.get(colour) ?? [];
    list.push([left, Math.min(from, to), Math.max(from, to)]);
    parts.set(colour, list);
  };
  const width = Math.max(1 / ratio, pitch - gap);
  const stack = (bar: number, left: number) => {
    const value = known(values[bar]);
    if (Number.isNaN(value)) return;
    const owner = bars.memories[bar];
    let from = 0;
    for (const [memory, share] of bars.shares.entries()) {
      const part = (share[bar] ?? 0) * value;
      if (part !== 0) box(memoryColour(theme, memory), left, plan.y(from), plan.y(from + part));
      from += part;
    }
    const rest = owner === undefined ? theme.soft : memoryColour(theme, owner);
    if (Math.abs(value - from) > 1e-6 * Math.abs(value)) box(rest, left, plan.y(from), plan.y(value));
  };
  if (pitch >= 1 / ratio) {
    for (const bar of values.keys()) stack(bar, plan.x(bar) - width / 2);
  } else {
    // The highest and the lowest of those that fall on one column of pixels stand for all of them.
    for (let left = plan.left; left < plan.right; left += 1 / ratio) {
      const from = Math.max(0, Math.ceil(plan.place(left, zero)[0]));
      const to = Math.min(values.length, Math.ceil(plan.place(left + 1 / ratio, zero)[0]));
      let [highest, lowest] = [-1, -1];
      for (let bar = from; bar < to; bar++) {
        const value = known(values[bar]);
        if (value > 0 && !(value <= known(values[highest]))) highest = bar;
        if (value < 0 && !(value >= known(values[lowest]))) lowest = bar;
      }
      if (highest >= 0) stack(highest, left);
      if (lowest >= 0) stack(lowest, left);
    }
  }
  for (const [colour, boxes] of parts) {
    context.fillStyle = colour;
    context.beginPath();
    for (const [left, low, high] of boxes) context.rect(left, low, width, Math.max(0.5, high - low));
    context.fill();
  }
  context.fillStyle = theme.edge;
  context.fillRect(plan.left, Math.round(zero), plan.right - plan.left, 1);
}

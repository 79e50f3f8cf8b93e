/** One bar a memory, from zero to the right or, for its negative, to the left. */
import { surface, type Target } from "./surface";
import { memoryColour, type Theme } from "./theme";

export interface Bars {
  rows: readonly { memory: number; name: string; value: number }[];
  range: readonly [number, number];
  format(value: number): string;
}

/** Height of a row at least, so that its words can be read. */
export const BAR_ROW = 18;
const NAME = 76;
const VALUE = 52;

export function drawBars(canvas: Target, { rows, range, format }: Bars, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context, width, height } = area;
  const [low, high] = range;
  const left = NAME + 8;
  const right = width - VALUE - 8;
  const x = (value: number) =>
    left + ((right - left) * (Math.min(high, Math.max(low, value)) - low)) / (high - low || 1);
  const zero = Math.round(x(Math.max(low, Math.min(high, 0))));
  const pitch = Math.min(34, height / Math.max(1, rows.length));
  context.textBaseline = "middle";
  context.fillStyle = theme.line;
  context.fillRect(zero, 0, 1, pitch * rows.length);
  rows.forEach(({ memory, name, value }, i) => {
    const middle = (i + 0.5) * pitch;
    const thick = Math.min(14, pitch * 0.5);
    const tip = x(value);
    context.fillStyle = theme.line;
    context.fillRect(left, middle - 0.5, right - left, 1);
    context.fillStyle = memoryColour(theme, memory);
    context.fillRect(Math.min(zero, tip), middle - thick / 2, Math.max(2, Math.abs(tip - zero)), thick);
    context.fillStyle = theme.ink;
    context.textAlign = "left";
    context.font = `14px ${theme.text}`;
    context.fillText(shorten(context, name, NAME), 0, middle);
    context.textAlign = "right";
    context.font = `13px ${theme.figures}`;
    context.fillText(format(value), width, middle);
  });
}

/** As much of a text as there is room for. */
export function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
}

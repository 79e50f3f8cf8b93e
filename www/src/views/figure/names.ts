/** Names beside what they name, where there is room: none lies over another, or over another point. */
import type { Theme } from "../theme";
import type { Plan } from "./plan";

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const HEIGHT = 16;
const SPACE = 4;
/** Beyond so many there is no room anyhow. */
const MOST = 240;

export class Names {
  private readonly taken: Box[] = [];
  private readonly wanted: { text: string; x: number; y: number; radius: number }[] = [];

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly plan: Plan,
  ) {}

  /** Keeps names away from a point. */
  keep(x: number, y: number, radius: number): void {
    if (this.taken.length >= MOST) return;
    this.taken.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }

  /** A name for what is at a place, drawn once all is known that it must not cover. */
  put(text: string, x: number, y: number, radius: number): void {
    if (text !== "" && this.wanted.length < MOST) this.wanted.push({ text, x, y, radius });
  }

  draw(theme: Theme): void {
    const { context, wanted } = this;
    context.font = `13px ${theme.text}`;
    context.textBaseline = "middle";
    for (const { text, x, y, radius } of wanted) {
      const width = context.measureText(text).width;
      const box = this.room(x, y, radius + SPACE, width);
      if (!box) continue;
      this.taken.push(box);
      context.fillStyle = theme.paper;
      context.globalAlpha = 0.75;
      context.fillRect(box.left - 1, box.top + 1, width + 2, HEIGHT - 2);
      context.globalAlpha = 1;
      context.fillStyle = theme.ink;
      context.textAlign = "left";
      context.fillText(text, box.left, (box.top + box.bottom) / 2);
    }
  }

  private room(x: number, y: number, away: number, width: number): Box | null {
    const { left, right, top, bottom } = this.plan;
    const half = HEIGHT / 2;
    const corners: readonly [number, number][] = [
      [x + away, y - half],
      [x - away - width, y - half],
      [x - width / 2, y - away - HEIGHT],
      [x - width / 2, y + away],
      [x + away, y - HEIGHT],
      [x + away, y],
    ];
    for (const [from, upper] of corners) {
      const box = { left: from, right: from + width, top: upper, bottom: upper + HEIGHT };
      const inside =
        box.left >= left - 20 && box.right <= right + 20 && box.top >= top - 20 && box.bottom <= bottom + 20;
      if (inside && !this.taken.some((other) => meet(box, other))) return box;
    }
    return null;
  }
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

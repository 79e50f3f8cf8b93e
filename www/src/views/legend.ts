/** What colours and squares stand for: the map, or squares of growing size, over the numbers they mean. */
import { drawCross, drawMark } from "./mark";
import { lowest, type Scale } from "./palette";
import { paint } from "./raster";
import { surface, type Target } from "./surface";
import type { Theme } from "./theme";

export interface Legend extends Scale {
  /** Squares over the picture, or a picture of colours alone. */
  squares: boolean;
  /** The word for a cell without a number, if there are such. */
  none: string | null;
  /** Whether cells have room for a cross; else they are grey. */
  crosses: boolean;
  format(value: number): string;
}

const BAR = 14;
const COLOURS = 64;
const NONE = 64;

/** Room at the right for what stands for no number. */
export function legendFree(none: string | null): number {
  return none === null ? 0 : NONE;
}

export function drawLegend(canvas: Target, data: Legend, theme: Theme): void {
  const area = surface(canvas);
  if (!area) return;
  const { context } = area;
  const width = area.width - legendFree(data.none);
  const { palette, scale } = data;
  const low = lowest(data);
  const ticks = low < 0 ? [low, 0, scale] : [0, scale];
  if (data.squares) {
    const shares = palette === "spins" ? [-1, 1] : low < 0 ? [-1, -0.5, -0.15, 0.15, 0.5, 1] : [0.05, 0.25, 0.5, 1];
    const size = BAR + 4;
    for (const share of shares) {
      const place = (share * scale - low) / (scale - low);
      drawMark(context, place * (width - size), (BAR - size) / 2 + 1, size, share, theme);
    }
  } else {
    const steps = palette === "spins" ? 3 : COLOURS;
    const values = Float32Array.from({ length: steps }, (_, i) => low + ((scale - low) * i) / (steps - 1));
    // As many colours side by side as fit: stretched across, one row high.
    context.save();
    context.scale(1, (BAR * steps) / width);
    paint(context, { palette, scale, width: steps, height: 1, values }, 0, 0, width / steps, theme);
    context.restore();
    context.strokeStyle = theme.edge;
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, width - 1, BAR - 1);
  }
  context.font = `12px ${theme.figures}`;
  context.fillStyle = theme.soft;
  context.textBaseline = "alphabetic";
  if (data.none !== null) {
    const left = width + 16;
    context.fillStyle = theme.edge;
    context.strokeStyle = theme.edge;
    context.lineWidth = 1;
    if (!data.crosses) context.fillRect(left, 0, BAR, BAR);
    context.strokeRect(left + 0.5, 0.5, BAR - 1, BAR - 1);
    if (data.crosses) drawCross(context, left, 0, BAR, theme);
    context.fillStyle = theme.soft;
    context.textAlign = "left";
    context.fillText(data.none, left + BAR + 6, BAR - 3);
  }
  for (const [i, tick] of ticks.entries()) {
    const share = i / (ticks.length - 1);
    context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    context.fillText(data.format(tick), share * width, BAR + 14);
  }
}

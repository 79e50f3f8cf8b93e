/** All memories on one sheet, each with its name and its colour. */
import { isGrey } from "../../cells";
import { inkPixels } from "../ink";
import { enlarge, hexColour } from "../pixels";
import { memoryColour, type Theme } from "../theme";
import type { Thumbnail } from "../thumbnail";
import type { Picture } from "./frame";

export interface Named extends Thumbnail {
  name: string;
}

/** The longer side of a memory, the room around it, and the height of its name, in CSS pixels. */
const SIDE = 112;
const GAP = 24;
const NAME = 24;
/** Smaller cells have no shapes of their own. */
const SMALLEST = 2;

export function shelfSheet(memories: readonly Named[]): Picture {
  const columns = Math.max(1, Math.ceil(Math.sqrt(1.5 * memories.length)));
  const rows = Math.ceil(memories.length / columns);
  return {
    width: columns * (SIDE + GAP) - GAP,
    height: Math.max(1, rows * (SIDE + NAME + GAP) - GAP),
    draw({ context }, theme) {
      memories.forEach((memory, i) => {
        const left = (i % columns) * (SIDE + GAP);
        const top = Math.floor(i / columns) * (SIDE + NAME + GAP);
        drawMemory(context, memory, left, top, theme);
        context.fillStyle = memoryColour(theme, i);
        context.fillRect(left, top + SIDE + 12, 10, 10);
        context.fillStyle = theme.ink;
        context.font = `14px ${theme.text}`;
        context.textAlign = "left";
        context.textBaseline = "middle";
        context.fillText(memory.name, left + 16, top + SIDE + 17);
      });
    },
  };
}

function drawMemory(context: CanvasRenderingContext2D, memory: Named, left: number, top: number, theme: Theme): void {
  const { width, height, cells } = memory;
  const cell = SIDE / Math.max(width, height);
  if (isGrey(cells) || cell < SMALLEST) {
    enlarge(context, width, height, [left, top, width * cell, height * cell], (pixels) =>
      inkPixels(pixels, cells, theme, hexColour(theme.line)),
    );
  } else {
    context.fillStyle = theme.sheet;
    context.fillRect(left, top, width * cell, height * cell);
    context.fillStyle = theme.ink;
    // One shape, so that no seams show between its cells.
    context.beginPath();
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = x;
        while (x < width && (cells[y * width + x] ?? 0) > 0) x++;
        if (x > from) context.rect(left + from * cell, top + y * cell, (x - from) * cell, cell);
      }
    }
    context.fill();
  }
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width * cell + 1, height * cell + 1);
}

/** All memories on one sheet, each with its name and its colour. */
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
  const { width, height, bits } = memory;
  const cell = SIDE / Math.max(width, height);
  context.fillStyle = theme.sheet;
  context.fillRect(left, top, width * cell, height * cell);
  context.fillStyle = theme.ink;
  // One shape, so that no seams show between its cells.
  context.beginPath();
  for (let y = 0; y < height; y++) {
    for (const run of bits.slice(y * width, (y + 1) * width).matchAll(/1+/g)) {
      context.rect(left + run.index * cell, top + y * cell, run[0].length * cell, cell);
    }
  }
  context.fill();
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, width * cell + 1, height * cell + 1);
}

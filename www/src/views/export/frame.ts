/** Pictures for files: a view with its name over it and what explains it below it, on paper or on nothing. */
import type { Surface } from "../surface";
import type { Theme } from "../theme";

/** A view with a size of its own, in CSS pixels. */
export interface Picture {
  width: number;
  height: number;
  draw(place: Surface, theme: Theme): void;
}

const MARGIN = 16;
const CAPTION = 32;

/** Draws a picture on a part of the place, from a corner on. */
export function drawAt(place: Surface, left: number, top: number, { width, height, draw }: Picture, theme: Theme) {
  const { context, ratio } = place;
  context.save();
  context.translate(left, top);
  draw({ context, width, height, ratio }, theme);
  context.restore();
}

/** Pictures one below the other, with a margin, and a line over them: a name on the left, a note on the right. */
export function framed(parts: readonly Picture[], name = "", note = ""): Picture {
  const inside = Math.max(...parts.map(({ width }) => width));
  const caption = name ? CAPTION : 0;
  const gaps = MARGIN * (parts.length - 1);
  return {
    width: inside + 2 * MARGIN,
    height: caption + parts.reduce((sum, { height }) => sum + height, gaps) + 2 * MARGIN,
    draw(place, theme) {
      const { context } = place;
      if (name) {
        context.textBaseline = "middle";
        context.fillStyle = theme.ink;
        context.textAlign = "left";
        context.font = `17px ${theme.text}`;
        context.fillText(name, MARGIN, MARGIN + CAPTION / 2 - 4);
        context.fillStyle = theme.soft;
        context.textAlign = "right";
        context.font = `13px ${theme.figures}`;
        context.fillText(note, MARGIN + inside, MARGIN + CAPTION / 2 - 4);
      }
      let top = MARGIN + caption;
      for (const part of parts) {
        drawAt(place, MARGIN, top, part, theme);
        top += part.height + MARGIN;
      }
    },
  };
}

/** Draws a picture with what is under it. */
export function drawOn(place: Surface, { draw }: Picture, theme: Theme, transparent: boolean): void {
  const { context, width, height } = place;
  if (!transparent) {
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, width, height);
  }
  draw(place, theme);
}

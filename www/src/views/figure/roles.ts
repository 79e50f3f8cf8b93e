/** How lines and points look in each of their roles. */
import type { FigureRole } from "../../engine/types";
import type { Theme } from "../theme";

export interface LineLook {
  colour: string;
  width: number;
  alpha: number;
  dash: readonly number[];
}

/** Several of one role are told apart by their dashes, and by the shapes of their points. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const SHAPES = ["disc", "square", "triangle", "diamond"] as const;
type Shape = (typeof SHAPES)[number];

/** `turn`: how many of the role came before it. */
export function lineLook(role: FigureRole, turn: number, theme: Theme): LineLook {
  const { ink, soft, edge, accent } = theme;
  const looks: Record<FigureRole, [colour: string, width: number, alpha?: number, dash?: readonly number[]]> = {
    contour: [soft, 0.75, 0.6, []],
    theory: [soft, 1.5],
    measured: [accent, 2],
    path: [accent, 2],
    others: [soft, 1, 0.35, []],
    now: [accent, 2],
    stable: [ink, 2],
    saddle: [ink, 1.5, 1, [9, 3, 2, 3]],
    unstable: [ink, 1.5, 1, [5, 4]],
    best: [ink, 2, 1, [1.5, 4]],
    border: [edge, 1.25, 1, [6, 4]],
  };
  const [colour, width, alpha = 1, dash = DASHES[turn % DASHES.length] ?? []] = looks[role];
  return { colour, width, alpha, dash };
}

export function setLine(context: CanvasRenderingContext2D, { colour, width, alpha, dash }: LineLook): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.globalAlpha = alpha;
  context.lineJoin = "round";
  context.setLineDash([...dash]);
}

export function unsetLine(context: CanvasRenderingContext2D): void {
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** From its middle to its rim, in CSS pixels; what stands in crowds is smaller. */
export const POINT: Readonly<Record<FigureRole, number>> = {
  contour: 1.5,
  theory: 3.5,
  measured: 3.5,
  path: 2,
  others: 2,
  now: 5,
  stable: 5,
  saddle: 5,
  unstable: 5,
  best: 6,
  border: 4,
};

export interface PointLook {
  role: FigureRole;
  turn: number;
  size: number;
}

type Places = readonly { x: number; y: number }[];

/** Draws points of one look with as few strokes as may be. */
export function drawPoints(context: CanvasRenderingContext2D, at: Places, look: PointLook, theme: Theme): void {
  const { role, turn, size } = look;
  const { accent, ink, soft, edge, paper } = theme;
  const shape = SHAPES[turn % SHAPES.length] ?? "disc";
  const all = (shape: Shape, size: number) => {
    context.beginPath();
    for (const { x, y } of at) outline(context, shape, x, y, size);
  };
  const fill = (shape: Shape, size: number, colour: string) => {
    all(shape, size);
    context.fillStyle = colour;
    context.fill();
  };
  const rim = (shape: Shape, size: number, colour: string, width = 1.5) => {
    all(shape, size);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  };
  switch (role) {
    case "measured":
      fill(shape, size, accent);
      break;
    case "path":
      fill("disc", size, accent);
      break;
    case "others":
    case "contour":
      context.globalAlpha = 0.5;
      fill("disc", size, soft);
      context.globalAlpha = 1;
      break;
    case "theory":
      fill(shape, size, paper);
      rim(shape, size, soft);
      break;
    case "now":
      fill("disc", size + 5, paper);
      rim("disc", size + 4, accent);
      fill("disc", size, accent);
      break;
    case "stable":
      fill("disc", size + 1.5, paper);
      fill("disc", size, ink);
      break;
    case "unstable":
      fill("disc", size, paper);
      rim("disc", size, ink);
      break;
    case "saddle":
      fill("disc", size, paper);
      context.beginPath();
      for (const { x, y } of at) {
        context.moveTo(x, y - size);
        context.arc(x, y, size, -Math.PI / 2, Math.PI / 2);
      }
      context.fillStyle = ink;
      context.fill();
      rim("disc", size, ink);
      break;
    case "best":
      fill("diamond", size + 2, paper);
      fill("diamond", size, ink);
      break;
    case "border":
      context.beginPath();
      for (const { x, y } of at) {
        context.moveTo(x - size, y);
        context.lineTo(x + size, y);
        context.moveTo(x, y - size);
        context.lineTo(x, y + size);
      }
      context.strokeStyle = edge;
      context.lineWidth = 1.5;
      context.stroke();
      break;
  }
}

function outline(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, size: number): void {
  switch (shape) {
    case "disc":
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
      break;
    case "square":
      context.rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size);
      break;
    case "triangle":
    case "diamond": {
      const low = shape === "diamond" ? 0 : size;
      context.moveTo(x, y - 1.2 * size);
      context.lineTo(x + 1.15 * size, y + low);
      if (shape === "diamond") context.lineTo(x, y + 1.2 * size);
      context.lineTo(x - 1.15 * size, y + low);
      context.closePath();
      break;
    }
  }
}

/** Where a figure's places lie on a canvas, and what is near a place of the canvas. */
import type { FigurePlace } from "../../engine/types";
import type { Surface } from "../surface";
import type { Theme } from "../theme";
import { type FigureData, marksOf, ofKind } from "./data";
import { type Ruler, rulerOf } from "./extent";
import { type Key, keyOf } from "./key";

export interface Plan {
  /** The sheet, in CSS pixels. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The rulers across and up. */
  across: Ruler;
  up: Ruler;
  key: Key;
  /** Bars stand on it: no line goes up between them. */
  bars: boolean;
  x(value: number): number;
  y(value: number): number;
  /** The place in the figure that is at one of the canvas. */
  place(x: number, y: number): [x: number, y: number];
  /** Every node, where it lies and how large it is. */
  nodes: readonly Node[];
}

export interface Node {
  x: number;
  y: number;
  radius: number;
}

const TICK = { across: 64, up: 48 };
/** Beside and below the numbers of an axis, and over the sheet for its name. */
const GAP = 8;
const LINE = 20;
const HEAD = 30;
const MARGIN = 12;
/** Numbers at the left have so much room, names at most so much more. */
const LEFT = 52;
const NAMES = 120;
/** Around nodes that no axis holds. */
const ROOM = 22;
/** A press so near to a node is one on it. */
const NEAR = 12;
const LARGEST_NODE = 15;
const SMALLEST_NODE = 2.5;
/** Of so many nodes the room between neighbours is measured. */
const MEASURED = 600;

export function planOf(area: Surface, data: FigureData, theme: Theme): Plan {
  const { context, width, height } = area;
  const key = keyOf(area, data, theme);
  const up = rulerOf(data, 1, Math.max(2, Math.floor(height / TICK.up)));
  const across = rulerOf(data, 0, Math.max(2, Math.floor(width / TICK.across)));
  const free = ofKind(marksOf(data), "nodes").length > 0 ? ROOM : GAP;
  context.font = `12px ${theme.figures}`;
  const longest = Math.max(0, ...up.ticks.map(({ label }) => context.measureText(label).width));
  const box = {
    left: up.label ? Math.max(LEFT, Math.min(NAMES, longest) + 2 * GAP) : free,
    right: width - (across.label || up.label ? MARGIN : free),
    top: up.label ? HEAD : free,
    bottom: height - (across.label ? 2 * LINE + GAP : up.label ? MARGIN : free) - key.height,
  };
  let scaleX = (box.right - box.left) / (across.high - across.low);
  let scaleY = (box.bottom - box.top) / (up.high - up.low);
  if (data.still.square || data.moving?.square) {
    scaleX = Math.min(scaleX, scaleY);
    scaleY = scaleX;
    const [rest, over] = [
      box.right - box.left - scaleX * (across.high - across.low),
      box.bottom - box.top - scaleY * (up.high - up.low),
    ];
    box.left += rest / 2;
    box.right -= rest / 2;
    box.bottom -= over;
    // What has no words over it stands in the middle.
    if (!up.label) {
      box.top += over / 2;
      box.bottom += over / 2;
    }
  }
  const x = (value: number) => box.left + scaleX * (value - across.low);
  const y = (value: number) => box.bottom - scaleY * (value - up.low);
  const place = (px: number, py: number): [number, number] => [
    across.low + (px - box.left) / scaleX,
    up.low + (box.bottom - py) / scaleY,
  ];
  const bars = ofKind(marksOf(data), "bars").length > 0;
  return { ...box, across, up, key, bars, x, y, place, nodes: nodesOf(data, box, x, y) };
}

function nodesOf(
  data: FigureData,
  { left, right, top, bottom }: Pick<Plan, "left" | "right" | "top" | "bottom">,
  x: (value: number) => number,
  y: (value: number) => number,
): Node[] {
  const sizes = ofKind(marksOf(data), "nodes").flatMap(({ at, sizes }) =>
    at.map((place, i) => ({ x: x(place[0]), y: y(place[1]), size: sizes[i] ?? 1 })),
  );
  const each = Math.sqrt(((right - left) * (bottom - top)) / Math.max(1, sizes.length));
  const usual = Math.max(SMALLEST_NODE, Math.min(LARGEST_NODE, 0.28 * each, 0.44 * apart(sizes)));
  return sizes.map(({ x, y, size }) => ({ x, y, radius: Math.max(1.5, usual * size) }));
}

/** How far from each other nodes stand that are neighbours: of half of them it is more. */
function apart(nodes: readonly { x: number; y: number }[]): number {
  if (nodes.length < 2 || nodes.length > MEASURED) return Number.POSITIVE_INFINITY;
  const nearest = new Float32Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  for (const [i, one] of nodes.entries()) {
    for (let j = 0; j < i; j++) {
      const other = nodes[j] ?? one;
      const distance = Math.hypot(one.x - other.x, one.y - other.y);
      // The same node in both parts of a figure is no neighbour of itself.
      if (distance < 0.5) continue;
      if (distance < (nearest[i] ?? 0)) nearest[i] = distance;
      if (distance < (nearest[j] ?? 0)) nearest[j] = distance;
    }
  }
  return nearest.sort()[nearest.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** The node nearest to a place of the canvas, or −1; of several in one place it is the first. */
export function nodeAt({ nodes }: Plan, x: number, y: number): number {
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  for (const [i, node] of nodes.entries()) {
    const distance = Math.hypot(node.x - x, node.y - y);
    if (distance <= Math.max(NEAR, node.radius) && distance < least) [found, least] = [i, distance];
  }
  return found;
}

/** What of a plan decides how what stands still is drawn: with the same, it need not be drawn again. */
export function signature({ left, right, top, bottom, across, up, key }: Plan): string {
  return JSON.stringify([left, right, top, bottom, across, up, key.height, key.entries.map(({ text }) => text)]);
}

/** Goes along a path on the canvas, with gaps where there is no place. */
export function trace(
  context: CanvasRenderingContext2D,
  { x, y }: Plan,
  path: readonly FigurePlace[],
  from = 0,
  to = path.length,
): void {
  let down = false;
  for (let i = from; i < to; i++) {
    const place = path[i];
    const here = place !== undefined && Number.isFinite(place[0]) && Number.isFinite(place[1]);
    if (here && down) context.lineTo(x(place[0]), y(place[1]));
    else if (here) context.moveTo(x(place[0]), y(place[1]));
    down = here;
  }
}

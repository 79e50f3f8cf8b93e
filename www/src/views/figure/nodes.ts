/** Nodes and the links between them. */
import { colourMap, colourOf } from "../palette";
import type { Surface } from "../surface";
import { memoryColour, type Theme } from "../theme";
import { known, type MarkOf } from "./data";
import type { Names } from "./names";
import type { Node, Plan } from "./plan";

/** Links are drawn in so many widths. */
const WIDTHS = [0.75, 1.5, 2.5, 4];
const HEAD = 7;
/** Two links there and back bend aside by so much of their length, so that both are seen. */
const BEND = 0.12;
/** A name of up to so many letters stands inside a node of this size. */
const INSIDE = { letters: 2, radius: 10 };

export function drawLinks({ context }: Surface, plan: Plan, links: MarkOf<"links">, theme: Theme): void {
  const { pairs, strengths, directed } = links;
  const strongest = strengths.reduce((most, strength) => Math.max(most, Math.abs(strength)), 0) || 1;
  const there = new Set(directed ? pairs.map(([a, b]) => `${a} ${b}`) : []);
  // One stroke for all of a width and a colour: there may be thousands.
  const groups = new Map<string, { colour: string; width: number; links: number[] }>();
  for (const i of pairs.keys()) {
    const strength = strengths[i] ?? 0;
    if (strengths.length > 0 && strength === 0) continue;
    const colour = strengths.length === 0 ? theme.edge : strength > 0 ? theme.warm : theme.cool;
    const place = Math.ceil((WIDTHS.length * Math.abs(strength)) / strongest) - 1;
    const width = strengths.length === 0 ? 1 : (WIDTHS[Math.max(0, place)] ?? 1);
    const group = groups.get(colour + width) ?? { colour, width, links: [] };
    group.links.push(i);
    groups.set(colour + width, group);
  }
  context.globalAlpha = pairs.length > 400 ? 0.45 : 0.85;
  for (const { colour, width, links } of [...groups.values()].sort((a, b) => a.width - b.width)) {
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    const heads: [number, number, number][] = [];
    for (const i of links) {
      const [a, b] = pairs[i] ?? [0, 0];
      const [from, to] = [plan.nodes[a], plan.nodes[b]];
      if (!from || !to) continue;
      const bend = directed && a !== b && there.has(`${b} ${a}`) ? BEND : 0;
      const head = a === b ? loop(context, from) : link(context, from, to, bend);
      if (directed) heads.push(head);
    }
    context.stroke();
    context.beginPath();
    for (const [x, y, angle] of heads) arrowHead(context, x, y, angle, HEAD + width);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** From rim to rim; where it ends, and in which direction. */
function link(context: CanvasRenderingContext2D, from: Node, to: Node, bend: number): [number, number, number] {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const [x, y] = [(from.x + to.x) / 2 - bend * down, (from.y + to.y) / 2 + bend * across];
  const [away, home] = [Math.atan2(y - from.y, x - from.x), Math.atan2(to.y - y, to.x - x)];
  const end = [to.x - to.radius * Math.cos(home), to.y - to.radius * Math.sin(home)] as const;
  context.moveTo(from.x + from.radius * Math.cos(away), from.y + from.radius * Math.sin(away));
  if (bend === 0) context.lineTo(...end);
  else context.quadraticCurveTo(x, y, ...end);
  return [...end, home];
}

/** From a node to itself, over it. */
function loop(context: CanvasRenderingContext2D, { x, y, radius }: Node): [number, number, number] {
  const [middle, size] = [y - 1.45 * radius, 0.75 * radius];
  const [from, to] = [0.3 * Math.PI, 0.7 * Math.PI];
  context.moveTo(x + size * Math.cos(from), middle + size * Math.sin(from));
  context.arc(x, middle, size, from, to, true);
  return [x + size * Math.cos(to), middle + size * Math.sin(to), 0.4 * Math.PI];
}

function arrowHead(context: CanvasRenderingContext2D, x: number, y: number, angle: number, size: number): void {
  context.moveTo(x, y);
  for (const side of [-1, 1]) {
    const turn = angle + Math.PI + side * 0.42;
    context.lineTo(x + size * Math.cos(turn), y + size * Math.sin(turn));
  }
  context.closePath();
}

/** `first`: how many nodes the figure has before these. */
export function drawNodes(
  { context }: Surface,
  plan: Plan,
  nodes: MarkOf<"nodes">,
  first: number,
  names: Names,
  theme: Theme,
): void {
  const greys = colourMap("grey", theme);
  for (const i of nodes.at.keys()) {
    const node = plan.nodes[first + i];
    if (!node) continue;
    const { x, y, radius } = node;
    const state = known(nodes.states[i]);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = Number.isNaN(state)
      ? theme.line
      : nodes.colours
        ? memoryColour(theme, Math.max(0, Math.round(state)))
        : colourOf(state, { palette: "grey", scale: 1 }, greys);
    context.fill();
    context.strokeStyle = nodes.colours ? theme.paper : theme.edge;
    context.lineWidth = radius < 5 ? 1 : 1.5;
    context.stroke();
    names.keep(x, y, radius);
    const name = nodes.names[i] ?? "";
    if (radius < INSIDE.radius || name.length > INSIDE.letters) {
      names.put(name, x, y, radius);
      continue;
    }
    context.font = `${Math.round(Math.min(15, radius * 1.1))}px ${theme.text}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = nodes.colours || state > 0 ? theme.paper : theme.ink;
    context.fillText(name, x, y);
  }
}

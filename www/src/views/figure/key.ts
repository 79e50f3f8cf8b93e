/** The key to a figure: what its lines, points, bars and colours are, in as many rows as it takes. */
import type { FigureMark, FigureRole } from "../../engine/types";
import { drawAt } from "../export/frame";
import { drawLegend } from "../legend";
import { roundScale } from "../palette";
import type { Surface } from "../surface";
import { memoryColour, type Theme } from "../theme";
import { type FigureData, marksOf, numbers, ofKind } from "./data";
import { drawPoints, lineLook, POINT, setLine, unsetLine } from "./roles";

interface Entry {
  text: string;
  /** Its sample, around a place; what has several samples draws all. */
  samples: ((context: CanvasRenderingContext2D, x: number, y: number, theme: Theme) => void)[];
  /** The figure gives it a name of its own. */
  own: boolean;
  left: number;
  row: number;
}

export interface Key {
  entries: readonly Entry[];
  /** The largest number of the fields; 0 if there is none. */
  scale: number;
  height: number;
}

const MARGIN = 12;
const ROW = 22;
const SAMPLE = 22;
const BETWEEN = 18;
const FIELD = { width: 200, height: 32 };
/** It takes at most this part of the height, if it can do with what has a name of its own. */
const SHARE = 0.25;
/** Memories are named if they are few. */
const NAMED = 8;

/** What came before in the same role, of marks that are named: they differ in looks. */
export function turnOf(marks: readonly FigureMark[], mark: FigureMark): number {
  if (!("role" in mark)) return 0;
  const labels = new Set<string>();
  for (const other of marks) {
    if (!("role" in other) || other.role !== mark.role) continue;
    if (other === mark || other.label === mark.label) return labels.size;
    labels.add(other.label);
  }
  return 0;
}

export function keyOf({ context, width, height }: Surface, data: FigureData, theme: Theme): Key {
  const entries = new Map<string, Entry>();
  const add = (text: string, sample: Entry["samples"][number], own = true) => {
    if (text === "") return;
    const entry = entries.get(text) ?? { text, samples: [], own, left: 0, row: 0 };
    entry.samples.push(sample);
    entries.set(text, entry);
  };
  const marks = marksOf(data);
  for (const mark of marks) {
    if (mark.mark === "lines" && mark.paths.length > 0) {
      const turn = turnOf(marks, mark);
      const sample: Entry["samples"][number] = (context, x, y, theme) =>
        line(context, x, y, lineLook(mark.role, turn, theme));
      add(nameOf(mark, data), sample, mark.label !== "");
    } else if (mark.mark === "points" && mark.at.length > 0) {
      const look = { role: mark.role, turn: turnOf(marks, mark), size: Math.min(5, POINT[mark.role]) };
      const sample: Entry["samples"][number] = (context, x, y, theme) => drawPoints(context, [{ x, y }], look, theme);
      add(nameOf(mark, data), sample, mark.label !== "");
    }
  }
  for (const { strengths, pairs, label } of ofKind(marks, "links")) {
    if (label && pairs.length > 0) {
      const sign = Math.sign(strengths[0] ?? 0);
      add(label, (context, x, y, { warm, cool, edge }) =>
        line(context, x, y, { colour: sign === 0 ? edge : sign > 0 ? warm : cool, width: 3, alpha: 1, dash: [] }),
      );
    }
    if (label) continue;
    for (const [sign, text] of [
      [1, data.says.positive],
      [-1, data.says.negative],
    ] as const) {
      if (!strengths.some((strength) => strength * sign > 0)) continue;
      add(text, (context, x, y, { warm, cool }) =>
        line(context, x, y, { colour: sign > 0 ? warm : cool, width: 3, alpha: 1, dash: [] }),
      );
    }
  }
  for (const { label, shares, memories } of ofKind(marks, "bars")) {
    add(label, (context, x, y, { soft }) => square(context, x, y, soft));
    const owners = shares.length > 0 ? [...shares.keys()] : [...new Set(memories)].sort((a, b) => a - b);
    if (owners.length > NAMED) continue;
    for (const memory of owners) {
      add(data.memories[memory] ?? "", (context, x, y, theme) => square(context, x, y, memoryColour(theme, memory)));
    }
  }
  context.font = `13px ${theme.text}`;
  const scale = ofKind(marks, "field")
    .filter(({ shade }) => shade !== "ink")
    .reduce((most, { values }) => roundScale(finite(values), most), 0);
  const field = scale > 0 ? FIELD.height : 0;
  const room = width - 2 * MARGIN;
  let shown = [...entries.values()];
  let rows = inRows(context, shown, room);
  // Where there is little room the usual signs explain themselves.
  if (rows * ROW + field > SHARE * height) {
    shown = shown.filter(({ own }) => own);
    rows = inRows(context, shown, room);
  }
  const taken = rows * ROW + field;
  return { entries: shown, scale, height: taken > 0 ? taken + 8 : 0 };
}

/** Places entries side by side; how many rows they take. */
function inRows(context: CanvasRenderingContext2D, entries: readonly Entry[], width: number): number {
  let [left, row] = [0, 0];
  for (const entry of entries) {
    const wide = SAMPLE + 6 + context.measureText(entry.text).width;
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    [entry.left, entry.row] = [left, row];
    left += wide + BETWEEN;
  }
  return entries.length > 0 ? row + 1 : 0;
}

const finite = (values: readonly (number | null)[]) => numbers(values).filter(Number.isFinite);

/** A line of equal height and a border need no name where none is given: the one goes without, the other beside it. */
function nameOf({ label, role }: { label: string; role: FigureRole }, { says }: FigureData): string {
  return role === "border" ? "" : label || says.role(role);
}

export function drawKey(area: Surface, key: Key, data: FigureData, theme: Theme): void {
  const { context } = area;
  let top = area.height - key.height + 4;
  if (key.scale > 0) {
    const legend = { palette: "signed", scale: key.scale, squares: false, none: null, crosses: false } as const;
    const width = Math.min(FIELD.width, area.width - 2 * MARGIN);
    const draw = (place: Surface) => drawLegend(place, { ...legend, format: data.format }, theme);
    drawAt(area, MARGIN, top, { ...FIELD, width, draw }, theme);
    top += FIELD.height + 4;
  }
  for (const { text, samples, left, row } of key.entries) {
    const middle = top + (row + 0.5) * ROW;
    for (const sample of samples) sample(context, MARGIN + left + SAMPLE / 2, middle, theme);
    context.fillStyle = theme.ink;
    context.font = `13px ${theme.text}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, MARGIN + left + SAMPLE + 6, middle);
  }
}

function line(context: CanvasRenderingContext2D, x: number, y: number, look: Parameters<typeof setLine>[1]): void {
  setLine(context, look);
  context.beginPath();
  context.moveTo(x - SAMPLE / 2, y);
  context.lineTo(x + SAMPLE / 2, y);
  context.stroke();
  unsetLine(context);
}

function square(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x - 5, y - 5, 10, 10);
}

/** From where to where the marks of a figure go, and the axes that hold them. */
import type { FigureAxis, FigureMark } from "../../engine/types";
import { type Axis, niceAxis } from "../axis";
import { type FigureData, known, marksOf, ofKind } from "./data";

type Range = readonly [low: number, high: number];

/** An axis of a figure, with the names of its ticks. */
export interface Ruler {
  low: number;
  high: number;
  ticks: readonly { at: number; label: string }[];
  /** What is written at it; without it there is neither a line nor a number. */
  label: string;
}

/** Room around marks without an axis, as part of what they take. */
const AROUND = 0.06;
/** Half a bar and a little more. */
const BAR = 0.6;

/** The ruler across (0) or up (1), with about so many ticks. */
export function rulerOf(data: FigureData, way: 0 | 1, wanted: number): Ruler {
  const axes = [data.still, ...(data.moving ? [data.moving] : [])].map(({ x, y }) => (way === 0 ? x : y));
  const said = (has: (axis: FigureAxis) => boolean) => axes.find(has) ?? axes[0];
  const axis = said(({ label }) => label !== "");
  const label = [axis?.label, axis?.symbol].filter(Boolean).join(" ");
  const range = said((axis) => axis.range !== null)?.range ?? null;
  const found = range ?? extent(marksOf(data), way);
  const nice = niceAxis(...found, wanted);
  // Bars stand at whole numbers, and nothing stands beyond them.
  const bars = way === 0 && ofKind(marksOf(data), "bars").length > 0;
  const open = range === null && !!axis?.label && !bars;
  const [low, high] = open ? [nice.low, nice.high] : range || bars ? found : widened(found);
  const named = said(({ ticks }) => ticks.length > 0)?.ticks ?? [];
  const ticks = axis?.label ? (named.length > 0 ? named : counted(nice, low, high, data.format)) : [];
  return { low, high: high > low ? high : low + 1, ticks, label: axis?.label ? label : "" };
}

function counted({ ticks }: Axis, low: number, high: number, format: FigureData["format"]): Ruler["ticks"] {
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const slack = (high - low) * 1e-6;
  return ticks.filter((at) => at >= low - slack && at <= high + slack).map((at) => ({ at, label: format(at, step) }));
}

function widened([low, high]: Range): Range {
  const room = (high - low || 1) * AROUND;
  return [low - room, high + room];
}

function extent(marks: readonly FigureMark[], way: 0 | 1): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const mark of marks) {
    switch (mark.mark) {
      case "field":
        take(mark.bounds[way]);
        take(mark.bounds[way + 2] ?? 0);
        break;
      case "lines":
        for (const path of mark.paths) for (const place of path) take(known(place[way]));
        break;
      case "arrows":
        for (const place of mark.from) take(known(place[way]));
        break;
      case "points":
        for (const [i, place] of mark.at.entries()) {
          const error = way === 1 ? (mark.error[i] ?? 0) : 0;
          take(known(place[way]) - error);
          take(known(place[way]) + error);
        }
        break;
      case "nodes":
        for (const place of mark.at) take(known(place[way]));
        break;
      case "bars":
        if (way === 0) {
          take(-BAR);
          take(mark.values.length - 1 + BAR);
        } else {
          take(0);
          for (const value of mark.values) take(known(value));
        }
        break;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Every picture that can be taken away, drawn by the views that draw it on the page, at a size of its own. */
import { cellsOf } from "../../cells";
import type { FigureInfo, Frame, Layer, LayerInfo, Observable, SessionInfo } from "../../engine/types";
import { capital, figure, signed, tick } from "../../figures";
import * as words from "../../messages";
import * as laterWords from "../../messages/later";
import { type MemoryMeasure, memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { drawBars } from "../../views/bars";
import { drawCellGrid, hasMarks, type Overlay } from "../../views/cell-grid";
import { drawCurve } from "../../views/curve";
import { framed, type Picture } from "../../views/export/frame";
import { shelfSheet } from "../../views/export/shelf-sheet";
import { drawMoving, drawStill } from "../../views/figure";
import { planOf } from "../../views/figure/plan";
import { drawLegend } from "../../views/legend";
import { ROOM_FOR_CROSS } from "../../views/mark";
import { roundScale } from "../../views/palette";
import { RIGHT } from "../../views/plot";
import { drawRaster } from "../../views/raster";
import type { Surface } from "../../views/surface";
import type { Theme } from "../../views/theme";
import { PICTURE } from "../grid/lens";

export interface View {
  key: string;
  label: string;
  /** The picture as things stand, or the machine's sentence on why there is none. */
  make(): Promise<Picture | string>;
}

/** The longer side of a grid or a sheet of numbers, and the largest cell, in CSS pixels. */
const SIDE = 512;
const LARGEST_CELL = 48;
const CURVE = { width: 640, height: 280 };
const BARS = { width: 480, row: 28 };
const FIGURE = { width: 640, height: 512 };
const LEGEND = { width: 320, height: 32 };

/** What the experiment that is open has to show. */
export function viewsOf(session: Session, store: Store): View[] {
  const { info, frame } = session;
  if (!info || !frame) return [];
  const { description, memories, hide } = info;
  const plain = ({ key, palette }: LayerInfo) => key === PICTURE && palette === "spins";
  const layers = description.layers.filter(
    (layer) => !hide.includes(layer.key) && !plain(layer) && (layer.index !== "memory" || memories.length > 0),
  );
  const grid: View = { key: "grid", label: laterWords.export.grid, make: async () => framed([gridOf(session, null)]) };
  const view = (of: string, { key, label }: { key: string; label: string }, make: View["make"]): View => ({
    key: `${of}-${key}`,
    label: of === "over" ? laterWords.export.over(label) : capital(label),
    make,
  });
  const scalars = description.observables.filter(({ shape }) => shape === "scalar");
  const curves = scalars.filter(({ view }) => view === "curve");
  const bars = memories.length > 0 ? memoryMeasures(description.observables, "bars") : [];
  return [
    grid,
    ...description.figures
      .filter(({ key }) => !hide.includes(key))
      .map((figure) => view("figure", figure, () => figureOf(session, figure))),
    ...layers.map((layer) =>
      view(layer.overlay ? "over" : "layer", layer, () => layerOf(session, layer, indexOf(layer, session, store))),
    ),
    ...curves.map((curve, i) =>
      view("curve", curve, async () => curveOf(session, curve, 1 + i, scalars.indexOf(curve))),
    ),
    ...bars.map((bar) => view("bars", bar.observable, async () => barsOf(session, bar))),
    ...(memories.length > 0
      ? [
          {
            key: "memories",
            label: laterWords.export.memories,
            make: async () => framed([shelfSheet(memories.map((memory) => ({ ...memory, cells: cellsOf(memory) })))]),
          },
        ]
      : []),
  ];
}

function opened(session: Session): { info: SessionInfo; frame: Frame } {
  const { info, frame } = session;
  if (!info || !frame) throw new Error("no experiment is open");
  return { info, frame };
}

const cellOf = (columns: number, rows: number): number =>
  Math.max(1, Math.min(LARGEST_CELL, Math.floor(SIDE / Math.max(columns, rows))));

function gridOf(session: Session, overlay: Overlay | null, about = -1): Picture {
  const { info, frame } = opened(session);
  const [columns, rows] = [info.width, info.height];
  const cell = cellOf(columns, rows);
  const grid = {
    columns,
    rows,
    cells: frame.cells,
    held: info.clamped,
    visited: about,
    glow: null,
    cursor: -1,
    brush: null,
    overlay,
  };
  return {
    width: columns * cell + 2,
    height: rows * cell + 2,
    draw: (place, theme) => drawCellGrid(place, grid, theme),
  };
}

/** Which memory or unit a picture is about: what the page shows, or the first memory, or the middle unit. */
function indexOf({ index }: LayerInfo, session: Session, store: Store): number {
  const { info } = opened(session);
  const middle = Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2);
  if (index === "memory") return Math.min(store.get("memory") ?? session.cue?.memory ?? 0, info.memories.length - 1);
  return index === "unit" ? Math.min(store.get("unit") ?? middle, info.width * info.height - 1) : 0;
}

async function layerOf(session: Session, layer: LayerInfo, index: number): Promise<Picture | string> {
  const numbers = await session.questions.layer(layer.key, index);
  if (numbers === null) return words.trouble.restartedEmpty;
  if (typeof numbers === "string") return numbers;
  const { info } = opened(session);
  const scale = layer.palette === "spins" ? 1 : roundScale(numbers.values, 0) || 1;
  const note =
    layer.index === "memory"
      ? (info.memories[index]?.name ?? "")
      : layer.index === "unit"
        ? laterWords.export.place(index % info.width, Math.floor(index / info.width))
        : "";
  const name = capital(layer.label);
  if (!layer.overlay)
    return framed([rasterOf(layer, numbers, scale), legendOf(layer, numbers, scale, false)], name, note);
  const overlay = { ...numbers, palette: layer.palette, scale, instead: layer.key === PICTURE };
  const marks = hasMarks(overlay, cellOf(info.width, info.height));
  const grid = gridOf(session, overlay, layer.index === "unit" ? index : -1);
  return framed([grid, legendOf(layer, numbers, scale, marks)], name, note);
}

function rasterOf({ palette }: LayerInfo, numbers: Layer, scale: number): Picture {
  const cell = cellOf(numbers.width, numbers.height);
  return {
    width: numbers.width * cell + 2,
    height: numbers.height * cell + 2,
    draw: (place, theme) => drawRaster(place, { ...numbers, palette, scale, cursor: -1 }, theme),
  };
}

function legendOf({ palette }: LayerInfo, { width, height, values }: Layer, scale: number, squares: boolean): Picture {
  const format = (value: number) => words.layers.value(value, palette);
  const none = values.some(Number.isNaN) ? words.layers.none : null;
  const legend = { palette, scale, squares, none, crosses: cellOf(width, height) >= ROOM_FOR_CROSS, format };
  return { ...LEGEND, draw: (place, theme) => drawLegend(place, legend, theme) };
}

async function figureOf(session: Session, info: FigureInfo): Promise<Picture | string> {
  const [still, moving] = await Promise.all([false, true].map((moving) => session.questions.figure(info.key, moving)));
  if (!still || !moving) return words.trouble.restartedEmpty;
  if (typeof still === "string") return still;
  if (typeof moving === "string") return moving;
  const memories = opened(session).info.memories.map(({ name }) => name);
  const data = { still, moving, memories, says: laterWords.figure, format: tick };
  const draw = (place: Surface, theme: Theme) => {
    const plan = planOf(place, data, theme);
    drawStill(place, plan, data, theme);
    drawMoving(place, plan, data, theme);
  };
  return framed([{ ...FIGURE, draw }], capital(info.label), laterWords.export.moment("", opened(session).frame.time));
}

function curveOf(session: Session, { label, symbol, unit, range }: Observable, column: number, scalar: number) {
  const { frame } = opened(session);
  const value = frame.scalars[scalar] ?? 0;
  const curve = {
    table: frame.trace,
    columns: frame.traceColumns,
    column,
    end: frame.end,
    time: frame.time,
    row: -1,
    right: RIGHT,
    value,
    events: frame.events.map(({ time }) => time).filter((time) => time > 0),
    range,
    format: (tick: number) => figure(tick),
  };
  const note = laterWords.export.moment([figure(value, 4), unit].join(" ").trim(), frame.time);
  return framed(
    [{ ...CURVE, draw: (place, theme) => drawCurve(place, curve, theme) }],
    laterWords.export.measure(capital(label), symbol),
    note,
  );
}

function barsOf(session: Session, bar: MemoryMeasure): Picture {
  const { info, frame } = opened(session);
  const { memories } = info;
  const { label, symbol, range } = bar.observable;
  const values = perMemory(frame, bar, memories.length);
  const rows = memories.map(({ name }, memory) => ({ memory, name, value: values[memory] ?? 0 }));
  const bars = { rows, range: range ?? ([-1, 1] as const), format: (value: number) => signed(value) };
  return framed(
    [{ width: BARS.width, height: BARS.row * rows.length, draw: (place, theme) => drawBars(place, bars, theme) }],
    laterWords.export.measure(capital(label), symbol),
    laterWords.export.moment("", frame.time),
  );
}

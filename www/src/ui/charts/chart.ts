/** What all charts have in common: a figure with a head, and what is looked at and read in it. */
import type { Frame, Observable, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import type { Series, Timeline } from "../../views/plot";
import type { Theme } from "../../views/theme";
import { h } from "../kit/dom";
import { noteBeside } from "../notes/note";

/** What the charts show, all of the same moment. */
export interface Sight {
  frame: Frame;
  info: SessionInfo;
  theme: Theme;
  /** The time at the right edge, and the room beside it. */
  end: number;
  right: number;
  /** The row of the trace that is being read, or −1. */
  row: number;
}

export interface Chart {
  readonly figure: HTMLElement;
  /** What is drawn on, and whether time runs across it. */
  readonly sheets: readonly { canvas: HTMLCanvasElement; overTime: boolean }[];
  draw(sight: Sight): void;
  /** Words and tables for those who do not see it, at rest. */
  describe(sight: Sight): void;
  /** What is read at the row of a sight. */
  reading(sight: Sight): string;
}

/** Most rows of a table: enough to follow the run by ear. */
const TABLE_ROWS = 20;

export function series({ traceColumns: columns, trace: table }: Frame): Series {
  return { table, columns };
}

export function timeline({ frame, end, right, row }: Sight): Timeline {
  const events = frame.events.map(({ time }) => time).filter((time) => time > 0);
  return { ...series(frame), end, time: frame.time, row, events, right };
}

/** The moment that is being read, or the one looked at. */
export function momentOf({ frame, row }: Sight): number {
  return row < 0 ? frame.time : (frame.trace[row * frame.traceColumns] ?? 0);
}

export function figureOf(
  kind: string,
  { key, label, symbol, help }: Observable,
  head: readonly HTMLElement[],
  ...content: HTMLElement[]
): HTMLElement {
  return h(
    "figure",
    { class: `chart ${kind}` },
    h(
      "figcaption",
      { attrs: { title: help } },
      h("span", { class: "chart-name" }, capital(label), symbol ? h("i", { class: "symbol", text: symbol }) : null),
      ...noteBeside(`observables.${key}`, label),
      ...head,
    ),
    ...content,
  );
}

/** Some rows of the trace, evenly, the first and the last among them. */
export function sampledRows({ trace, traceColumns }: Frame): number[] {
  const rows = Math.floor(trace.length / traceColumns);
  const count = Math.min(rows, TABLE_ROWS);
  return Array.from({ length: count }, (_, i) => Math.round((i * (rows - 1)) / Math.max(1, count - 1)));
}

/** A table of values over time for readers of screens. */
export function fillTable(table: HTMLElement, caption: string, names: string[], rows: [string, string[]][]): void {
  const head = h("tr", {}, ...[words.charts.stepColumn, ...names].map(columnHead));
  const body = rows.map(([time, values]) =>
    h("tr", {}, h("th", { text: time, attrs: { scope: "row" } }), ...values.map((text) => h("td", { text }))),
  );
  table.replaceChildren(h("caption", { text: caption }), h("thead", {}, head), h("tbody", {}, ...body));
}

function columnHead(text: string): HTMLElement {
  return h("th", { text, attrs: { scope: "col" } });
}

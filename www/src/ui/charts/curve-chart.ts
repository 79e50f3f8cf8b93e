/** One quantity of the run over time; the first is a picture of its own, those after it are strips below. */
import type { Observable } from "../../engine/types";
import { figure, figures, tick } from "../../figures";
import * as words from "../../messages";
import { drawCurve } from "../../views/curve";
import { attribute, h, setText } from "../kit/dom";
import { type Chart, figureOf, fillTable, momentOf, type Sight, sampledRows, timeline } from "./chart";

export class CurveChart implements Chart {
  readonly figure: HTMLElement;
  readonly sheets: Chart["sheets"];
  private readonly canvas = h("canvas", { class: "curve-canvas" });
  private readonly value = h("span", { class: "chart-value figures" });
  private readonly table = h("table");

  /** `column`: its place in the trace; `scalar`: its place among the scalars. */
  constructor(
    private readonly observable: Observable,
    private readonly column: number,
    private readonly scalar: number,
    strip: boolean,
  ) {
    attribute(this.canvas, "aria-label", observable.label);
    this.sheets = [{ canvas: this.canvas, overTime: true }];
    const unseen = h("div", { class: "unseen" }, this.table);
    this.figure = figureOf(strip ? "curve strip" : "curve", observable, [this.value], this.canvas, unseen);
  }

  draw(sight: Sight): void {
    const now = sight.frame.scalars[this.scalar] ?? 0;
    setText(this.value, sight.row < 0 ? this.format(now) : words.charts.at(momentOf(sight), this.reading(sight)));
    const { column, observable } = this;
    const curve = { column, value: now, range: observable.range, format: tick };
    drawCurve(this.canvas, { ...timeline(sight), ...curve }, sight.theme);
  }

  describe({ frame }: Sight): void {
    const { observable, column } = this;
    const { trace, traceColumns } = frame;
    let [low, high, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let i = column; i < trace.length; i += traceColumns) {
      low = Math.min(low, trace[i] ?? 0);
      high = Math.max(high, trace[i] ?? 0);
      count += 1;
    }
    const now = figure(frame.scalars[this.scalar] ?? 0);
    const text = words.charts.curve(observable.label, now, figure(low), figure(high), count);
    attribute(this.canvas, "aria-label", text);
    const rows = sampledRows(frame).map((row): [string, string[]] => [
      figures(trace[row * traceColumns] ?? 0),
      [this.format(trace[row * traceColumns + column] ?? Number.NaN)],
    ]);
    fillTable(this.table, words.charts.overRun(observable.label), [observable.label], rows);
  }

  reading({ frame, row }: Sight): string {
    return this.format(frame.trace[row * frame.traceColumns + this.column] ?? Number.NaN);
  }

  private format(value: number): string {
    const { unit } = this.observable;
    return `${figure(value, 4)}${unit ? ` ${unit}` : ""}`;
  }
}

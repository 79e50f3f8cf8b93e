/** A quantity with one value a memory: bars for the moment looked at, or lines over the run. */
import { figures, signed, tick } from "../../figures";
import * as words from "../../messages";
import { type MemoryMeasure, perMemory } from "../../state/measures";
import type { Store } from "../../state/store";
import { BAR_ROW, drawBars } from "../../views/bars";
import { drawCurves, NAME_ROW } from "../../views/curves";
import { attribute, h, setText } from "../kit/dom";
import { segmentRow } from "../kit/segments";
import { type Chart, figureOf, fillTable, momentOf, type Sight, sampledRows, timeline } from "./chart";

interface Line {
  memory: number;
  name: string;
  value: number;
}

/** As many lines have names at most, and as many a reader of screens is told. */
const NAMED = 8;
const SPOKEN = 5;
/** A line keeps its name until another is so much stronger: names must not flicker. */
const STICKS = 0.08;

export class MemoryChart implements Chart {
  readonly figure: HTMLElement;
  private readonly bars = h("canvas", { class: "bars-canvas", attrs: { role: "img" } });
  private readonly lines = h("canvas", { class: "curve-canvas" });
  private readonly rest = h("span", { class: "chart-rest" });
  private readonly barTable = h("table");
  private readonly lineTable = h("table");
  private named: readonly number[] = [];

  /**
   * `first`: the column of the first memory in the trace, or null if the trace does not hold it.
   */
  constructor(
    private readonly measure: MemoryMeasure,
    private readonly first: number | null,
    private readonly store: Store,
    changed: () => void,
  ) {
    const head = first === null ? [this.rest] : [this.rest, this.switch(changed)];
    const unseen = h("div", { class: "unseen" }, this.barTable, this.lineTable);
    this.figure = figureOf("bars", measure.observable, head, this.bars, this.lines, unseen);
    for (const canvas of [this.bars, this.lines]) attribute(canvas, "aria-label", measure.observable.label);
    this.turn();
  }

  get sheets(): Chart["sheets"] {
    return [
      { canvas: this.bars, overTime: false },
      { canvas: this.lines, overTime: true },
    ];
  }

  /** Whether time runs across it now. */
  get overTime(): boolean {
    return this.first !== null && this.store.get("overTime");
  }

  draw(sight: Sight): void {
    if (this.overTime) this.drawLines(sight);
    else this.drawBars(sight);
  }

  describe(sight: Sight): void {
    const rows = this.values(sight);
    const { label } = this.measure.observable;
    attribute(this.bars, "aria-label", words.charts.bars(label, told(rows.slice(0, 12)) || words.charts.none));
    const body = rows.map(({ name, value }) =>
      h("tr", {}, h("th", { text: name, attrs: { scope: "row" } }), h("td", { text: signed(value) })),
    );
    this.barTable.replaceChildren(h("caption", { text: label }), h("tbody", {}, ...body));
    const { first } = this;
    if (first === null) return;
    const strongest = this.strongest(rows, NAMED);
    attribute(this.lines, "aria-label", words.charts.lines(label, told(strongest.slice(0, SPOKEN))));
    const { trace, traceColumns } = sight.frame;
    const sampled = sampledRows(sight.frame).map((row): [string, string[]] => [
      figures(trace[row * traceColumns] ?? 0),
      strongest.map(({ memory }) => known(trace[row * traceColumns + first + memory])),
    ]);
    fillTable(
      this.lineTable,
      words.charts.overRun(label),
      strongest.map(({ name }) => name),
      sampled,
    );
  }

  reading(sight: Sight): string {
    const shown = this.values(sight).filter(({ value }) => !Number.isNaN(value));
    return told(this.strongest(shown, SPOKEN)) || words.charts.none;
  }

  private drawBars(sight: Sight): void {
    let rows = this.values(sight);
    const fit = Math.max(1, Math.floor(this.bars.clientHeight / BAR_ROW));
    const left = rows.length - fit;
    // The strongest, in the order of the shelf, so that rows keep their neighbours.
    if (left > 0) rows = this.strongest(rows, fit).sort((a, b) => a.memory - b.memory);
    this.note(sight, rows.length, left);
    const format = (value: number) => known(value);
    drawBars(this.bars, { rows, range: this.measure.observable.range ?? [-1, 1], format }, sight.theme);
  }

  private drawLines(sight: Sight): void {
    const rows = this.values(sight);
    const fit = Math.min(NAMED, Math.max(1, Math.floor((this.lines.clientHeight - 10) / NAME_ROW)));
    const named = this.strongest(rows, fit);
    this.named = named.map(({ memory }) => memory);
    this.note(sight, rows.length, rows.length - named.length);
    const data = { named, first: this.first ?? 0, memories: rows.length };
    const range = this.measure.observable.range ?? [-1, 1];
    const format = (value: number) => signed(value);
    drawCurves(this.lines, { ...timeline(sight), ...data, range, format, tick }, sight.theme);
  }

  private note(sight: Sight, count: number, left: number): void {
    const { none, more, step } = words.charts;
    const rest = left > 0 ? more(left) : "";
    setText(this.rest, count === 0 ? none : sight.row >= 0 ? step(momentOf(sight)) : rest);
  }

  /** At the row that is read, or now. */
  private values({ frame, info: { memories }, row }: Sight): Line[] {
    const { first } = this;
    const start = row * frame.traceColumns + (first ?? 0);
    const values =
      row >= 0 && first !== null
        ? frame.trace.subarray(start, start + memories.length)
        : perMemory(frame, this.measure, memories.length);
    return memories.map(({ name }, memory) => ({ memory, name, value: values[memory] ?? 0 }));
  }

  private strongest(rows: readonly Line[], count: number): Line[] {
    if (rows.length <= count) return [...rows].sort((a, b) => strength(b) - strength(a));
    const held = (line: Line) => strength(line) + (this.named.includes(line.memory) ? STICKS : 0);
    return [...rows].sort((a, b) => held(b) - held(a)).slice(0, count);
  }

  private switch(changed: () => void): HTMLElement {
    const { now, overTime, view } = words.charts;
    const options = [["now", now] as const, ["over", overTime] as const];
    const name = { "aria-label": view(this.measure.observable.label) };
    const { row } = segmentRow(name, options, this.store.get("overTime") ? "over" : "now", (chosen) => {
      this.store.set("overTime", chosen === "over");
      this.turn();
      changed();
    });
    row.classList.add("small");
    return row;
  }

  private turn(): void {
    this.bars.hidden = this.overTime;
    this.lines.hidden = !this.overTime;
    this.barTable.hidden = this.overTime;
    this.lineTable.hidden = !this.overTime;
  }
}

function strength({ value }: Line): number {
  return Number.isNaN(value) ? -1 : Math.abs(value);
}

function known(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "–" : signed(value);
}

function told(rows: readonly Line[]): string {
  return rows.map(({ name, value }) => `${name} ${known(value)}`).join(", ");
}

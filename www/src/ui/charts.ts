/** The measures of the run that the machine wants drawn: curves over time, and bars, one a memory. */
import type { Frame, Observable, SessionInfo } from "../engine/types";
import { capital, figure, signed } from "../figures";
import { words } from "../messages";
import type { Session } from "../state/session";
import { BAR_ROW, drawBars } from "../views/bars";
import { drawCurve, timeAt } from "../views/curve";
import type { Theme } from "../views/theme";
import { attribute, h, setText } from "./dom";

const USUAL_SWEEPS = 1.5;

interface CurvePart {
  observable: Observable;
  /** Its column in the trace, and its place among the scalars. */
  column: number;
  scalar: number;
  canvas: HTMLCanvasElement;
  value: HTMLElement;
}

interface BarsPart {
  observable: Observable;
  /** Its place among the observables with one value a memory. */
  row: number;
  canvas: HTMLCanvasElement;
  rest: HTMLElement;
  table: HTMLElement;
}

export class Charts {
  private curves: CurvePart[] = [];
  private bars: BarsPart[] = [];
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private key = "";
  private readonly sizes = new ResizeObserver(() => this.draw());

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly theme: () => Theme,
  ) {}

  describe(info: SessionInfo): void {
    this.info = info;
    // Without memories, and without a way to get some, there is nothing to say of each.
    const memories = info.memories.length > 0 || this.session.has("store");
    const observables = info.description.observables.filter(({ shape }) => memories || shape !== "memory");
    const key = JSON.stringify(observables);
    if (key !== this.key) {
      this.key = key;
      this.build(observables);
    }
    this.draw();
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.draw();
  }

  /** Words for those who do not see the charts, once the run rests. */
  rest(): void {
    const { frame, info } = this;
    if (!frame || !info) return;
    for (const { canvas, observable, scalar, column } of this.curves) {
      const values: number[] = [];
      for (let i = column; i < frame.trace.length; i += frame.traceColumns) values.push(frame.trace[i] ?? 0);
      const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
      const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const now = figure(frame.scalars[scalar] ?? 0);
      attribute(
        canvas,
        "aria-label",
        words.charts.curve(observable.label, now, figure(low), figure(high), values.length),
      );
    }
    for (const part of this.bars) {
      const rows = this.values(part, frame, info);
      const summary = rows
        .map(({ name, value }) => `${name} ${signed(value)}`)
        .slice(0, 12)
        .join(", ");
      attribute(part.canvas, "aria-label", words.charts.bars(part.observable.label, summary || words.charts.none));
      const body = rows.map(({ name, value }) =>
        h("tr", {}, h("th", { text: name, attrs: { scope: "row" } }), h("td", { text: signed(value) })),
      );
      part.table.replaceChildren(h("caption", { text: part.observable.label }), h("tbody", {}, ...body));
    }
  }

  draw(): void {
    const { frame, info } = this;
    if (!frame || !info) return;
    for (const part of this.curves) this.drawCurve(part, frame);
    for (const part of this.bars) this.drawBars(part, frame, info);
  }

  private build(observables: readonly Observable[]): void {
    this.sizes.disconnect();
    const scalars = observables.filter(({ shape }) => shape === "scalar");
    const perMemory = observables.filter(({ shape }) => shape === "memory");
    this.curves = scalars
      .filter(({ view }) => view === "curve")
      .map((observable, i) => ({
        observable,
        column: 1 + i,
        scalar: scalars.indexOf(observable),
        canvas: h("canvas", { class: "curve-canvas", attrs: { role: "img", "aria-label": observable.label } }),
        value: h("span", { class: "figures" }),
      }));
    this.bars = perMemory
      .filter(({ view }) => view === "bars")
      .map((observable) => ({
        observable,
        row: perMemory.indexOf(observable),
        canvas: h("canvas", { class: "bars-canvas", attrs: { role: "img", "aria-label": observable.label } }),
        rest: h("span", { class: "bars-rest" }),
        table: h("table"),
      }));
    const figures = [
      ...this.curves.map(({ observable, canvas, value }) => chart("curve", observable, value, canvas)),
      ...this.bars.map(({ observable, canvas, rest, table }) =>
        chart("bars", observable, rest, canvas, h("div", { class: "unseen" }, table)),
      ),
    ];
    this.root.replaceChildren(...figures);
    for (const { canvas } of this.curves) this.seekOn(canvas);
    for (const { canvas } of [...this.curves, ...this.bars]) this.sizes.observe(canvas);
  }

  /** The curve is a map of the run: a press on it looks at that moment. */
  private seekOn(canvas: HTMLCanvasElement): void {
    const look = (event: PointerEvent) => {
      const end = this.frame?.end ?? 0;
      if (end <= 0) return;
      const box = canvas.getBoundingClientRect();
      const span = this.frame ? this.span(this.frame) : end;
      this.session.scrub(Math.min(end, timeAt(event.clientX - box.left, box.width, span)));
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      look(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) look(event);
    });
  }

  private drawCurve({ observable, column, scalar, canvas, value }: CurvePart, frame: Frame): void {
    const now = frame.scalars[scalar] ?? 0;
    const unit = observable.unit ? ` ${observable.unit}` : "";
    setText(value, `${figure(now, 4)}${unit}`);
    drawCurve(
      canvas,
      {
        table: frame.trace,
        columns: frame.traceColumns,
        column,
        end: this.span(frame),
        time: frame.time,
        value: now,
        events: frame.events.map(({ time }) => time).filter((time) => time > 0),
        range: observable.range,
        format: (tick) => figure(tick),
      },
      this.theme(),
    );
  }

  /** The time axis is long enough for a usual run from the start, so that the dot travels over a chart that stands. */
  private span({ time, end, sweep }: Frame): number {
    const { width, height } = this.info ?? { width: 0, height: 0 };
    const updatesPerSweep = sweep > 0 ? time / sweep : width * height;
    return Math.max(end, Math.round(USUAL_SWEEPS * updatesPerSweep));
  }

  private values({ row }: BarsPart, { perMemory }: Frame, { memories }: SessionInfo) {
    return memories.map(({ name }, memory) => ({
      memory,
      name,
      value: perMemory[row * memories.length + memory] ?? 0,
    }));
  }

  private drawBars(part: BarsPart, frame: Frame, info: SessionInfo): void {
    let rows = this.values(part, frame, info);
    const fit = Math.max(1, Math.floor(part.canvas.clientHeight / BAR_ROW));
    const left = rows.length - fit;
    if (left > 0) {
      // The strongest, in the order of the shelf, so that rows keep their neighbours.
      const strongest = [...rows].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, fit);
      rows = strongest.sort((a, b) => a.memory - b.memory);
    }
    setText(part.rest, rows.length === 0 ? words.charts.none : left > 0 ? words.charts.more(left) : "");
    drawBars(
      part.canvas,
      { rows, range: part.observable.range ?? [-1, 1], format: (value) => signed(value) },
      this.theme(),
    );
  }
}

function chart(
  kind: string,
  { label, symbol, help }: Observable,
  value: HTMLElement,
  ...content: HTMLElement[]
): HTMLElement {
  return h(
    "figure",
    { class: `chart ${kind}` },
    h(
      "figcaption",
      { attrs: { title: help } },
      h("span", { class: "chart-name" }, capital(label), symbol ? h("i", { class: "symbol", text: symbol }) : null),
      value,
    ),
    ...content,
  );
}

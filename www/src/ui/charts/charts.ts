/** The measures of the run that the machine wants drawn: curves over time, and one value a memory. */
import type { Frame, Observable, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import { settled } from "../../state/latest";
import { memoryMeasures } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { NAMES } from "../../views/curves";
import { nearestRow, RIGHT, timeAt } from "../../views/plot";
import type { Theme } from "../../views/theme";
import { Announcer } from "../kit/announcer";
import { attribute, freshId, h } from "../kit/dom";
import { type Chart, momentOf, type Sight, series } from "./chart";
import { CurveChart } from "./curve-chart";
import { MemoryChart } from "./memory-chart";
import { listenOverTime } from "./time-input";

const USUAL_SWEEPS = 1.5;
/** Milliseconds after which what is shown counts as standing still, and between two sentences about it. */
const RESTS = 400;
const PAUSE = 500;

export class Charts {
  private charts: readonly Chart[] = [];
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  /** The moment that is being read, by pointer or keys. */
  private read: number | null = null;
  private key = "";
  private readonly sizes = new ResizeObserver(() => this.draw());
  private readonly spoken = new Announcer(PAUSE);
  private readonly hint = h("p", { class: "unseen", text: words.charts.hint, attrs: { id: freshId() } });
  private readonly describeSoon = settled(RESTS, () => this.describeAll());

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
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
    if (this.rests(frame)) this.describeSoon(undefined);
  }

  draw(): void {
    const sight = this.sight();
    if (sight) for (const chart of this.charts) chart.draw(sight);
  }

  private build(observables: readonly Observable[]): void {
    this.sizes.disconnect();
    this.read = null;
    const scalars = observables.filter(({ shape }) => shape === "scalar");
    const curves = scalars.filter(({ view }) => view === "curve");
    const bars = memoryMeasures(observables, "bars");
    this.charts = [
      ...curves.map((curve, i) => new CurveChart(curve, 1 + i, scalars.indexOf(curve), i > 0)),
      ...bars.map((part, i) => {
        const first = i === 0 ? 1 + curves.length : null;
        return new MemoryChart(part, first, this.store, () => {
          this.draw();
          this.describeSoon(undefined);
        });
      }),
    ];
    this.root.replaceChildren(...this.charts.map(({ figure }) => figure), this.hint, this.spoken.element);
    for (const chart of this.charts) {
      for (const { canvas, overTime } of chart.sheets) {
        this.sizes.observe(canvas);
        if (overTime) this.listen(chart, canvas);
      }
    }
  }

  /** A drawing over time is a map of the run: it is read along, and a press on it looks at that moment. */
  private listen(chart: Chart, canvas: HTMLCanvasElement): void {
    attribute(canvas, "aria-roledescription", words.charts.role);
    attribute(canvas, "aria-describedby", this.hint.id);
    listenOverTime(canvas, {
      timeAt: (x) => {
        const sight = this.sight();
        return sight ? Math.min(sight.frame.end, timeAt(x, canvas.clientWidth, sight.end, sight.right)) : 0;
      },
      read: (time) => this.turn(time),
      seek: (time) => {
        if ((this.frame?.end ?? 0) > 0) this.session.scrub(time);
      },
      move: (rows) => {
        const before = this.sight();
        if (!before) return;
        const { frame } = before;
        const all = Math.floor(frame.trace.length / frame.traceColumns);
        const from = before.row < 0 ? nearestRow(series(frame), frame.time) : before.row;
        const row = Math.max(0, Math.min(all - 1, from + rows));
        this.turn(frame.trace[row * frame.traceColumns] ?? 0);
        const sight = this.sight();
        if (sight) this.spoken.say(words.charts.at(momentOf(sight), chart.reading(sight)));
      },
      reading: () => this.read,
    });
  }

  private turn(time: number | null): void {
    if (time === this.read) return;
    this.read = time;
    this.draw();
  }

  private sight(): Sight | null {
    const { frame, info } = this;
    if (!frame || !info || this.root.hidden) return null;
    // With names at the right of one, all end at the same place: a moment is at one height of the column.
    const named = this.charts.some((chart) => chart instanceof MemoryChart && chart.overTime);
    const row = this.read === null ? -1 : nearestRow(series(frame), this.read);
    return { frame, info, theme: this.theme(), end: this.span(frame), right: named ? NAMES : RIGHT, row };
  }

  /** The time axis is long enough for a usual run from the start, so that the dot travels over a chart that stands. */
  private span({ time, end, sweep }: Frame): number {
    const { width, height } = this.info ?? { width: 0, height: 0 };
    const updatesPerSweep = sweep > 0 ? time / sweep : width * height;
    return Math.max(end, Math.round(USUAL_SWEEPS * updatesPerSweep));
  }

  private rests({ running }: Frame): boolean {
    return !running && !this.session.wanted;
  }

  private describeAll(): void {
    const sight = this.sight();
    if (!sight || !this.rests(sight.frame)) return;
    for (const chart of this.charts) chart.describe({ ...sight, row: -1 });
  }
}

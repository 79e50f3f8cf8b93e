/** What is measured of machines side by side: one chart of their energies, and one table of how each has ended. */
import { compare } from "../../cells";
import type { Frame, MachineFrame, SessionInfo } from "../../engine/types";
import { capital, signed, tick } from "../../figures";
import * as laterWords from "../../messages/later";
import { allOf, energyColumn, framesOf, likenessTo, rests } from "../../state/company";
import { settled } from "../../state/latest";
import { memoryMeasures } from "../../state/measures";
import type { Session } from "../../state/session";
import { nearestRow, timeAt } from "../../views/plot";
import { drawRace, RACE_NAMES, type Race, type Racer } from "../../views/race";
import type { Theme } from "../../views/theme";
import { listenOverTime } from "../charts/time-input";
import { Announcer } from "../kit/announcer";
import { attribute, freshId, h, setText } from "../kit/dom";
import { lineMark } from "./company";

const words = laterWords.company;
/** The time axis is long enough for a usual run from the start. */
const USUAL_SWEEPS = 1.5;
/** Energies that differ by less at the beginning, as parts of themselves, are one. */
const ALIKE = 1e-9;
/** Milliseconds between two sentences, and after which what is shown counts as standing still. */
const PAUSE = 500;
const RESTS = 400;

export class Measures {
  private readonly canvas = h("canvas", { class: "curve-canvas" });
  private readonly scale = h("span", { class: "chart-rest" });
  private readonly table = h("table", { class: "company-table" });
  private readonly spoken = new Announcer(PAUSE);
  private readonly describeSoon = settled(RESTS, () => this.tell());
  readonly element: HTMLElement;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private names: readonly string[] = [];
  private read: number | null = null;

  constructor(
    private readonly session: Session,
    private readonly theme: () => Theme,
  ) {
    const hint = h("p", { class: "unseen", text: words.hint, attrs: { id: freshId() } });
    const head = h("figcaption", {}, h("span", { class: "chart-name", text: words.energy }), this.scale);
    const chart = h("figure", { class: "chart curve" }, head, this.canvas);
    this.element = h("div", { class: "company" }, chart, this.table, hint, this.spoken.element);
    attribute(this.canvas, "aria-describedby", hint.id);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  describe(info: SessionInfo, names: readonly string[]): void {
    this.info = info;
    this.names = names;
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.fill();
    this.describeSoon(undefined);
  }

  draw(): void {
    const race = this.race();
    if (!race) return;
    setText(this.scale, race.range ? words.shared : words.own);
    this.scale.title = race.range ? words.sharedHelp : words.ownHelp;
    drawRace(this.canvas, race, this.theme());
  }

  private race(): Race | null {
    const { info, frame } = this;
    if (!info || !frame || frame.beside.length !== info.beside.length) return null;
    const racers = this.racers(info, frame);
    const starts = racers.map(({ series, column }) => series.table[column] ?? Number.NaN);
    const [first = 0] = starts;
    const shared = starts.every((start) => Math.abs(start - first) <= ALIKE * Math.max(1, Math.abs(first)));
    const lows = racers.map(({ range }) => range[0]);
    const highs = racers.map(({ range }) => range[1]);
    const { trace: table, traceColumns: columns, time, end } = frame;
    return {
      table,
      columns,
      time,
      end: Math.max(end, Math.round(USUAL_SWEEPS * info.sweep)),
      row: this.read === null ? -1 : nearestRow({ table, columns }, this.read),
      events: [],
      right: RACE_NAMES,
      racers,
      range: shared && racers.length > 0 ? [Math.min(...lows), Math.max(...highs)] : null,
      tick,
    };
  }

  private racers(info: SessionInfo, frame: Frame): Racer[] {
    const all = allOf(info);
    return framesOf(frame).flatMap((own, place) => {
      const machine = all[place];
      const column = machine ? energyColumn(machine) : null;
      if (!machine || column === null) return [];
      const series = { table: own.trace, columns: own.traceColumns };
      const scalars = machine.description.observables.filter(({ shape }) => shape === "scalar");
      const value = own.scalars[scalars.findIndex(({ key }) => key === "energy")] ?? Number.NaN;
      const pace = machine.sweep / info.sweep;
      const range = extent(series.table, column, series.columns, value);
      const time = place === 0 ? frame.time : frame.time * pace;
      return [{ name: String(place + 1), series, column, value, range, pace, time, waits: rests(own) }];
    });
  }

  /** A row a machine, as words and numbers. */
  private fill(): void {
    const { info, frame } = this;
    if (!info || !frame || frame.beside.length !== info.beside.length) return;
    const cue = this.session.cue;
    const [bars] = memoryMeasures(info.description.observables, "bars");
    const memory = cue?.memory ?? null;
    const like = cue ? words.like(cue.name) : words.likeNearest;
    const heads: [string, string][] = [
      [words.machine, ""],
      [words.ended, ""],
      [this.session.unit.many, words.timeHelp(this.session.unit.many)],
      [words.changed, words.changedHelp],
      ...(memory === null
        ? []
        : [[like, words.likeHelp(bars?.observable.label ?? words.likeNearest)] as [string, string]]),
    ];
    const all = allOf(info);
    const rows = framesOf(frame).map((own, place) => {
      const machine = all[place];
      const standing = this.standing(own, machine?.memories.map(({ name }) => name) ?? []);
      const cells = [standing, words.number(own.sweep), this.turned(own)];
      if (memory !== null && machine) {
        const likeness = likenessTo(memory, own, machine);
        cells.push(Number.isFinite(likeness) ? signed(likeness) : "–");
      }
      return [this.names[place] ?? "", cells] as const;
    });
    const key = JSON.stringify([heads, rows]);
    if (key === this.table.dataset.key) return;
    this.table.dataset.key = key;
    this.table.replaceChildren(
      h("caption", { class: "unseen", text: words.table }),
      h("thead", {}, h("tr", {}, ...heads.map(([text, title]) => h("th", { text, attrs: { scope: "col", title } })))),
      h(
        "tbody",
        {},
        ...rows.map(([name, cells], place) =>
          h(
            "tr",
            {},
            h(
              "th",
              { attrs: { scope: "row" } },
              h("span", { class: "company-who" }, lineMark(place), h("span", { text: name })),
            ),
            ...cells.map((text, i) => h("td", { class: i > 0 ? "figures" : "", text })),
          ),
        ),
      ),
    );
  }

  private standing(own: MachineFrame, names: readonly string[]): string {
    const busy = (this.frame?.running || this.session.wanted) && !rests(own);
    return capital(busy ? words.running : words.standing(own.outcome, names));
  }

  private turned(own: MachineFrame): string {
    const { origin } = this.session;
    if (origin?.cells.length !== own.cells.length) return "–";
    const { wrong, unknown } = compare(own.cells, origin.cells);
    return String(wrong + unknown);
  }

  private listen(): void {
    const { canvas } = this;
    listenOverTime(canvas, {
      timeAt: (x) => {
        const race = this.race();
        return race ? Math.min(this.frame?.end ?? 0, timeAt(x, canvas.clientWidth, race.end, race.right)) : 0;
      },
      read: (time) => this.turn(time),
      seek: (time) => {
        if ((this.frame?.end ?? 0) > 0) this.session.scrub(time);
      },
      move: (rows) => {
        const race = this.race();
        if (!race) return;
        const all = Math.floor(race.table.length / race.columns);
        const from = race.row < 0 ? nearestRow(race, race.time) : race.row;
        const row = Math.max(0, Math.min(all - 1, from + rows));
        const time = race.table[row * race.columns] ?? 0;
        this.turn(time);
        this.spoken.say(words.at(time, this.values(time)));
      },
      reading: () => this.read,
    });
  }

  private turn(time: number | null): void {
    if (time === this.read) return;
    this.read = time;
    this.draw();
  }

  /** The energies at a moment, in words. */
  private values(time: number): string[] {
    const racers = this.race()?.racers ?? [];
    return racers.map(({ name, series, column, pace }) => {
      const row = nearestRow(series, time * pace);
      return words.value(
        this.names[Number(name) - 1] ?? name,
        series.table[row * series.columns + column] ?? Number.NaN,
      );
    });
  }

  private tell(): void {
    const race = this.race();
    if (!race || this.frame?.running) return;
    const parts = race.racers.map(({ name, value }) => words.value(this.names[Number(name) - 1] ?? name, value));
    attribute(this.canvas, "aria-label", words.chart(parts));
  }
}

function extent(table: Float64Array, column: number, columns: number, value: number): [number, number] {
  let [low, high] = [value, value];
  for (let i = column; i < table.length; i += columns) {
    const point = table[i] ?? 0;
    if (point < low) low = point;
    if (point > high) high = point;
  }
  return [low, high];
}

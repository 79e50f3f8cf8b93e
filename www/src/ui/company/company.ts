/** Machines side by side on the stage: the one that is drawn on, and up to three more that began as it did. */
import type { Control, Frame, MachineFrame, SessionInfo, Value } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages/later";
import { allOf, framesOf, namesOf, rests } from "../../state/company";
import { figureOnStage } from "../../state/figure";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { drawCellGrid } from "../../views/cell-grid";
import type { Theme } from "../../views/theme";
import { shownValue } from "../controls/field";
import { isShown } from "../controls/shown";
import { FigureSheet } from "../figure/figure-sheet";
import { Glow } from "../grid/glow";
import type { Stage } from "../grid/stage";
import { attribute, h, setText } from "../kit/dom";
import { Measures } from "./measures";

/** A setting's value among others, as a machine is called by it. */
export function written(control: Control, value: Value, values: Readonly<Record<string, Value>>): string | false {
  if (!isShown(control, values)) return false;
  const text = shownValue(control, value);
  if (control.kind.type === "choice") return text;
  return words.company.setting(capital(control.label), control.symbol, text);
}

/** What a machine is called; the same as another, if nothing tells it from that. */
export function titles(info: SessionInfo): string[] {
  return namesOf(info, written).map((name) => name || capital(words.company.same));
}

/** The mark of a machine's line in the chart: its number over a piece of the line. */
export function lineMark(place: number): HTMLElement {
  return h("span", { class: "seat-mark figures", text: String(place + 1), attrs: { "data-place": place } });
}

interface Seat {
  element: HTMLElement;
  name: HTMLElement;
  standing: HTMLElement;
  /** None of the machine that leads: its picture is the stage's own. */
  canvas: HTMLCanvasElement | null;
  /** Its figure, if there are figures on the stage and it has one; over its picture. */
  sheet: FigureSheet | null;
  glow: Glow;
}

export class Company {
  private seats: Seat[] = [];
  private readonly measures: Measures;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private readonly sizes = new ResizeObserver(() => this.draw());

  constructor(
    private readonly root: HTMLElement,
    private readonly stage: Stage,
    private readonly charts: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly calm: () => boolean,
  ) {
    this.measures = new Measures(session, theme);
    charts.after(this.measures.element);
    store.on("figure", () => this.turn());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    const count = info.beside.length;
    attribute(this.root, "data-company", count > 0 ? 1 + count : null);
    attribute(this.charts, "data-company", count > 0);
    this.measures.element.hidden = count === 0 || info.hide.includes("charts");
    if (this.seats.length !== 1 + count) this.seat(1 + count);
    if (count === 0) return;
    const names = titles(info);
    // Where models differ names are long: all keep the room of two lines, so that the pictures stand at one height.
    const models = new Set(allOf(info).map(({ description }) => description.model));
    this.stage.seats.toggleAttribute("data-mixed", models.size > 1);
    // They are of one shape: the same pictures.
    this.stage.seats.style.setProperty("--shape", this.stage.box.style.getPropertyValue("--shape"));
    for (const [i, seat] of this.seats.entries()) {
      setText(seat.name, names[i] ?? "");
      seat.name.title = names[i] ?? "";
    }
    this.measures.describe(info, names);
    this.turn();
    this.draw();
  }

  show(frame: Frame): void {
    this.frame = frame;
    const { info } = this;
    if (!info || info.beside.length === 0 || frame.beside.length !== info.beside.length) return;
    const all = allOf(info);
    for (const [i, own] of framesOf(frame).entries()) {
      const seat = this.seats[i];
      if (!seat) continue;
      if (i > 0 && this.session.deed === "ran" && !this.calm()) seat.glow.ignite(own);
      const memories = all[i]?.memories ?? [];
      const busy = (frame.running || this.session.wanted) && !rests(own);
      const standing = busy
        ? words.company.running
        : words.company.standing(
            own.outcome,
            memories.map(({ name }) => name),
          );
      setText(seat.standing, capital(standing));
      seat.standing.title = capital(standing);
      if (seat.canvas)
        attribute(seat.canvas, "aria-label", words.company.picture(seat.name.textContent ?? "", standing));
      seat.sheet?.show(frame);
    }
    this.measures.show(frame);
    this.draw();
  }

  draw(): void {
    const { info, frame } = this;
    if (!info || info.beside.length === 0 || frame?.beside.length !== info.beside.length) return;
    for (const [i, own] of frame.beside.entries()) this.picture(1 + i, own, info);
    for (const { sheet } of this.seats) sheet?.draw();
    this.measures.draw();
  }

  /** Each shows its own of the figure that the one that leads shows; what has none keeps its grid. */
  private turn(): void {
    const { info, frame } = this;
    if (!info || info.beside.length === 0) return;
    const wanted = figureOnStage(info, this.store.get("figure"));
    for (const [i, { description }] of info.beside.entries()) {
      const seat = this.seats[1 + i];
      if (!seat?.canvas) continue;
      const figure = description.figures.find(({ key }) => key === wanted?.key) ?? null;
      if (figure) seat.sheet ??= this.sheet(seat, seat.canvas, 1 + i);
      seat.element.toggleAttribute("data-figure", figure !== null);
      seat.sheet?.choose(figure);
      if (frame) seat.sheet?.show(frame);
    }
    this.draw();
  }

  private sheet({ name }: Seat, grid: HTMLCanvasElement, place: number): FigureSheet {
    const canvas = h("canvas", { class: "figure-canvas", attrs: { role: "img" } });
    grid.after(canvas);
    const say = (note: string) => {
      const figure = this.info && figureOnStage(this.info, this.store.get("figure"));
      const label = words.figure.label(figure?.label ?? "", figure?.help ?? "", note);
      attribute(canvas, "aria-label", words.company.picture(name.textContent ?? "", label));
    };
    return new FigureSheet(canvas, this.session, this.theme, place, say);
  }

  private picture(place: number, own: MachineFrame, info: SessionInfo): void {
    const seat = this.seats[place];
    const machine = info.beside[place - 1];
    if (!seat?.canvas || !machine || own.cells.length !== machine.width * machine.height) return;
    drawCellGrid(
      seat.canvas,
      {
        columns: machine.width,
        rows: machine.height,
        cells: own.cells,
        held: machine.clamped,
        visited: -1,
        glow: seat.glow.heat,
        cursor: -1,
        brush: null,
        overlay: null,
      },
      this.theme(),
    );
  }

  /** Room for so many. */
  private seat(count: number): void {
    const { stage } = this;
    this.sizes.disconnect();
    for (const { element, name, standing, sheet } of this.seats) {
      sheet?.close();
      if (element !== stage.seat) element.remove();
      name.parentElement?.remove();
      standing.remove();
    }
    this.seats = [];
    if (count === 1) return;
    for (let place = 0; place < count; place++) {
      const name = h("span", { class: "seat-name" });
      const head = h("div", { class: "seat-head" }, lineMark(place), name);
      const standing = h("p", { class: "seat-foot" });
      const canvas = place === 0 ? null : h("canvas", { class: "seat-canvas", attrs: { role: "img" } });
      const glow = new Glow(() => this.draw());
      if (canvas) {
        const box = h("div", { class: "seat-box" }, canvas);
        stage.seats.append(h("div", { class: "seat" }, head, box, standing));
        this.sizes.observe(canvas);
      } else {
        stage.seat.prepend(head);
        stage.box.after(standing);
      }
      const element = head.parentElement ?? stage.seat;
      this.seats.push({ element, name, standing, canvas, sheet: null, glow });
    }
  }
}

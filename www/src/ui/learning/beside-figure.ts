/** A figure of the machine that follows what is drawn on the grid: beside that, so that both are seen at once. */
import type { FigureInfo, Frame, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages/later";
import { figureOnStage, figuresOf } from "../../state/figure";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import type { Theme } from "../../views/theme";
import { FigureSheet } from "../figure/figure-sheet";
import { attribute, h, setText } from "../kit/dom";

/** Where everything stands below each other, it stands right below the grid, so that a finger that draws has it in sight. */
const NARROW = "(max-width: 719px)";

export class BesideFigure {
  private readonly canvas = h("canvas", { class: "beside-canvas", attrs: { role: "img" } });
  private readonly name = h("span", { class: "chart-name" });
  private readonly note = h("span", { class: "chart-rest" });
  private readonly element = h(
    "figure",
    { class: "chart beside-figure" },
    h("figcaption", {}, this.name, this.note),
    this.canvas,
  );
  private readonly sheet: FigureSheet;
  private info: SessionInfo | null = null;
  private figure: FigureInfo | null = null;

  constructor(
    places: { stage: HTMLElement; charts: HTMLElement },
    session: Session,
    private readonly store: Store,
    theme: () => Theme,
  ) {
    this.element.hidden = true;
    const narrow = matchMedia(NARROW);
    const place = () => (narrow.matches ? places.stage.after(this.element) : places.charts.before(this.element));
    narrow.addEventListener("change", place);
    place();
    this.sheet = new FigureSheet(this.canvas, session, theme, 0, (note) => this.say(note));
    store.on("figure", () => this.turn());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.turn();
    this.sheet.refresh();
  }

  show(frame: Frame): void {
    this.sheet.show(frame);
  }

  draw(): void {
    this.sheet.draw();
  }

  /** Where the figure itself, or another one, is on the stage, nothing is drawn on the grid. */
  private turn(): void {
    const { info } = this;
    const onGrid = info !== null && info.beside.length === 0 && figureOnStage(info, this.store.get("figure")) === null;
    this.figure = (onGrid && figuresOf(info).find(({ beside }) => beside)) || null;
    this.element.hidden = this.figure === null;
    setText(this.name, capital(this.figure?.label ?? ""));
    this.sheet.choose(this.figure);
  }

  private say(note: string): void {
    if (!this.figure) return;
    setText(this.note, note);
    attribute(this.canvas, "aria-label", words.figure.label(this.figure.label, this.figure.help, note));
  }
}

/** A figure of the machine that leads, in the place of the grid: what is read beside it, and what hands do on it. */
import type { FigureInfo, Frame, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages/later";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import { marksOf, ofKind } from "../../views/figure/data";
import { nodeAt } from "../../views/figure/plan";
import type { Theme } from "../../views/theme";
import { Announcer } from "../kit/announcer";
import { attribute, freshId, h, setText } from "../kit/dom";
import type { Shortcut } from "../kit/keys";
import { foldedNote } from "../notes/note";
import { FigureInput, type Spot } from "./figure-input";
import { FigureSheet } from "./figure-sheet";

/** Milliseconds between two sentences on where the cross-hair stands. */
const PAUSE = 250;
/** Presses so far beside the sheet still mean its rim. */
const RIM = 12;

/** A press that moves by less is no drag, in CSS pixels. */
const TAP = 8;

const apart = (one: Spot, other: Spot) => Math.hypot(one[0] - other[0], one[1] - other[1]);

export class FigurePanel {
  private readonly canvas = h("canvas", { class: "figure-canvas" });
  private readonly note = h("p", { class: "figure-note" });
  private readonly about = foldedNote("page", {
    label: words.figure.shown,
    parts: () => (this.figure ? [{ path: `figures.${this.figure.key}`, title: capital(this.figure.label) }] : []),
  });
  private readonly words = h("div", { class: "figure-words" }, this.note, this.about.button, this.about.panel);
  private readonly hint = h("p", { class: "unseen", text: words.figure.hint, attrs: { id: freshId() } });
  private readonly spoken = new Announcer(PAUSE);
  private readonly sheet: FigureSheet;
  private readonly input: FigureInput;
  private figure: FigureInfo | null = null;
  private info: SessionInfo | null = null;
  private stroke = 0;
  /** The node that a press began on. */
  private held = -1;
  /** Where it began. */
  private begun: Spot = [0, 0];
  /** What keys hold; they let go of it elsewhere. */
  private carried: Spot | null = null;

  /** Presses that are dragged: one a frame, and none before the last is done. */
  private readonly send = latest(async ([action, args]: [string, Record<string, number>]) => {
    await this.session.act(action, args);
    await new Promise(requestAnimationFrame);
  });

  constructor(
    box: HTMLElement,
    private readonly session: Session,
    theme: () => Theme,
  ) {
    this.sheet = new FigureSheet(this.canvas, session, theme, 0, (note) => this.say(note));
    box.append(this.canvas);
    box.closest(".stage")?.append(this.words, this.hint, this.spoken.element);
    this.input = new FigureInput(this.canvas, {
      takes: (spot) => this.takes(spot),
      press: (spot, first) => this.press(spot, first),
      release: (spot) => this.release(spot),
      hold: (spot) => this.hold(spot),
      holds: () => !!this.figure?.drag,
      point: (spot) => this.point(spot),
      sheet: () => this.sheet.plan ?? { left: 0, right: 1, top: 0, bottom: 1 },
    });
  }

  get keys(): readonly Shortcut[] {
    return this.input.keys;
  }

  /** Another figure, or none. */
  choose(figure: FigureInfo | null): void {
    const { canvas } = this;
    this.figure = figure;
    const press = figure?.press !== null && figure !== null;
    attribute(canvas, "role", press ? "application" : "img");
    attribute(canvas, "tabindex", press ? "0" : null);
    attribute(canvas, "aria-roledescription", press ? words.figure.roledescription : null);
    attribute(canvas, "aria-describedby", press ? this.hint.id : null);
    attribute(canvas, "data-press", press);
    this.sheet.choose(figure);
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.sheet.refresh();
  }

  show(frame: Frame): void {
    this.sheet.show(frame);
  }

  draw(): void {
    this.sheet.draw();
  }

  private say(note: string): void {
    if (!this.figure) return;
    const { label, help } = this.figure;
    setText(this.note, note);
    attribute(this.canvas, "aria-label", words.figure.label(label, help, note));
  }

  private takes([x, y]: Spot): boolean {
    const { plan } = this.sheet;
    if (!plan || !this.figure?.press) return false;
    const { left, right, top, bottom } = plan;
    return x >= left - RIM && x <= right + RIM && y >= top - RIM && y <= bottom + RIM;
  }

  private press(spot: Spot, first: boolean): void {
    const { figure } = this;
    const { plan } = this.sheet;
    if (!plan || !figure?.press) return;
    if (first) {
      this.stroke = this.session.stroke();
      this.held = nodeAt(plan, ...spot);
      this.begun = spot;
    }
    // What can be taken elsewhere waits for where it is let go, and what is done to a node is done once.
    if (figure.drag) {
      if (this.held >= 0 && apart(spot, this.begun) > TAP) this.point(spot);
    } else if (!this.needsNode()) {
      this.act(figure.press, spot, this.held);
    } else if (first && this.held >= 0) {
      this.act(figure.press, spot, this.held);
    }
  }

  private release(spot: Spot): void {
    const { figure, held } = this;
    const { plan } = this.sheet;
    if (!plan || !figure?.drag || !figure.press) return;
    if (apart(spot, this.begun) <= TAP) {
      this.act(figure.press, spot, held);
    } else if (held >= 0) {
      const to = nodeAt(plan, ...spot);
      if (to !== held) this.act(figure.drag, spot, held, to);
      this.point(null);
    }
  }

  private hold(spot: Spot): void {
    const { carried } = this;
    const { plan } = this.sheet;
    if (!plan) return;
    this.carried = carried ? null : nodeAt(plan, ...spot) >= 0 ? spot : null;
    this.spoken.say(this.carried ? words.figure.held : words.figure.free);
    if (!carried) return;
    this.press(carried, true);
    this.release(spot);
    this.point(spot);
  }

  /** Whether what a press does is done to a node. */
  private needsNode(): boolean {
    const press = this.info?.description.actions.find(({ key }) => key === this.figure?.press);
    return !!press?.args.some(({ key }) => key === "node");
  }

  private act(action: string, spot: Spot, node: number, to = -1): void {
    const { plan } = this.sheet;
    if (!plan) return;
    const [x, y] = plan.place(
      Math.min(plan.right, Math.max(plan.left, spot[0])),
      Math.min(plan.bottom, Math.max(plan.top, spot[1])),
    );
    // What was taken hold of goes with the hand.
    const nodes = { ...(node >= 0 ? { node } : {}), ...(to >= 0 ? { to } : {}) };
    this.send([action, { x, y, ...nodes, stroke: this.stroke }]);
  }

  private point(spot: Spot | null): void {
    this.sheet.cross = spot;
    this.draw();
    const { plan, data } = this.sheet;
    if (!spot || !plan || !data) return;
    const node = nodeAt(plan, ...spot);
    const names = ofKind(marksOf(data), "nodes").flatMap(({ at, names }) => at.map((_, i) => names[i] ?? ""));
    const [x, y] = plan.place(...spot);
    const place = words.figure.place(plan.across.label, x, plan.up.label, y);
    this.spoken.say(node < 0 ? place : `${capital(words.figure.node(names[node] ?? "", node))}: ${place}`);
  }
}

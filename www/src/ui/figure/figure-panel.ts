/** A figure of the machine that leads, in the place of the grid: what is read beside it, and what hands do on it. */
import type { Figure, FigureInfo, Frame, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages/later";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import { marksOf, ofKind } from "../../views/figure/data";
import { nodeAt } from "../../views/figure/plan";
import type { Theme } from "../../views/theme";
import { Announcer } from "../kit/announcer";
import { wordButton } from "../kit/buttons";
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
  private readonly back = wordButton(words.figure.back, () => this.look(null), "figure-back");
  private readonly words = h(
    "div",
    { class: "figure-words" },
    this.back,
    this.note,
    this.about.button,
    this.about.panel,
  );
  private readonly hint = h("p", { class: "unseen", text: words.figure.hint, attrs: { id: freshId() } });
  private readonly spoken = new Announcer(PAUSE);
  private readonly sheet: FigureSheet;
  private readonly input: FigureInput;
  private figure: FigureInfo | null = null;
  private info: SessionInfo | null = null;
  /** The focus goes back to it once there is something to press. */
  private returning = false;
  private stroke = 0;
  /** The box, and the node, that a press began on. */
  private pressed = -1;
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
    this.back.hidden = true;
    this.back.addEventListener("keydown", ({ key }) => key === "Escape" && this.look(null));
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

  /** Its keys, if it takes any. */
  get keys(): readonly Shortcut[] | null {
    return this.pressable ? this.input.keys : null;
  }

  /** Another figure, or none. */
  choose(figure: FigureInfo | null): void {
    this.figure = figure;
    this.sheet.choose(figure);
    this.arm();
  }

  /** Whether a press does anything. */
  private get pressable(): boolean {
    return !!this.figure?.press || this.boxes.length > 0;
  }

  /** What of it can be looked at closely. */
  private get boxes(): Figure["boxes"] {
    return this.sheet.data?.still.boxes ?? [];
  }

  /** What it is to hands, keys and readers. */
  private arm(): void {
    const { canvas, pressable } = this;
    attribute(canvas, "role", pressable ? "application" : "img");
    attribute(canvas, "tabindex", pressable ? "0" : null);
    attribute(canvas, "aria-roledescription", pressable ? words.figure.roledescription : null);
    attribute(canvas, "aria-describedby", pressable ? this.hint.id : null);
    attribute(canvas, "data-press", pressable && (this.figure?.press ? "drag" : "box"));
    this.back.hidden = this.sheet.box === null;
    if (this.returning && pressable) {
      this.returning = false;
      canvas.focus();
    }
  }

  /** A box closely, or the whole again. The focus goes along. */
  private look(box: number | null): void {
    const here = document.activeElement;
    const focused = here === this.canvas || here === this.back;
    this.sheet.look(box);
    this.arm();
    if (focused && box !== null) this.back.focus();
    this.returning = focused && box === null;
  }

  /** The box at a place of the canvas, or −1. */
  private boxAt([x, y]: Spot): number {
    const [across, up] = this.sheet.plan?.place(x, y) ?? [Number.NaN, Number.NaN];
    return this.boxes.findIndex(
      ([left, low, right, high]) => across >= left && across <= right && up >= low && up <= high,
    );
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
    this.arm();
    setText(this.note, this.boxes.length > 0 ? `${note} ${words.figure.boxes}` : note);
    attribute(this.canvas, "aria-label", words.figure.label(label, help, note));
  }

  private takes([x, y]: Spot): boolean {
    const { plan } = this.sheet;
    if (!plan || !this.pressable) return false;
    const { left, right, top, bottom } = plan;
    return x >= left - RIM && x <= right + RIM && y >= top - RIM && y <= bottom + RIM;
  }

  private press(spot: Spot, first: boolean): void {
    const { figure } = this;
    const { plan } = this.sheet;
    if (first) this.pressed = this.boxAt(spot);
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
    const box = this.boxAt(spot);
    if (!figure?.press && box >= 0 && box === this.pressed) this.look(box);
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
    const box = this.boxAt(spot);
    if (box >= 0) this.spoken.say(words.figure.box(box));
    else this.spoken.say(node < 0 ? place : `${capital(words.figure.node(names[node] ?? "", node))}: ${place}`);
  }
}

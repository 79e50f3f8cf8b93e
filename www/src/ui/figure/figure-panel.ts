/**
 * A figure of the machine in the place of the grid. What stands still in it is asked for after edits, what moves with
 * every frame, but never before the last answer is drawn.
 */
import type { Figure, FigureInfo, Frame, SessionInfo } from "../../engine/types";
import { capital, tick } from "../../figures";
import * as words from "../../messages/later";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import { drawMoving, drawStill } from "../../views/figure";
import { type FigureData, marksOf, ofKind } from "../../views/figure/data";
import { nodeAt, type Plan, planOf, signature } from "../../views/figure/plan";
import { surface } from "../../views/surface";
import type { Theme } from "../../views/theme";
import { Announcer } from "../kit/announcer";
import { attribute, freshId, h, setText } from "../kit/dom";
import type { Shortcut } from "../kit/keys";
import { foldedNote } from "../notes/note";
import { FigureInput, type Spot } from "./figure-input";

/** Milliseconds of a frame, and between two sentences on where the cross-hair stands. */
const FRAME = 16;
const PAUSE = 250;
/** Presses so far beside the sheet still mean its rim. */
const RIM = 12;

/** A press that moves by less is no drag, in CSS pixels. */
const TAP = 8;

const apart = (one: Spot, other: Spot) => Math.hypot(one[0] - other[0], one[1] - other[1]);

interface Wish {
  key: string;
  /** Descriptions so far: what stands still is of one of them. */
  edits: number;
}

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
  /** What stands still, kept as it was drawn. */
  private readonly kept = h("canvas");
  private keptAs = "";
  private keptIn: Theme | null = null;
  private readonly input: FigureInput;
  private figure: FigureInfo | null = null;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private asked = "";
  private still: (Wish & { found: Figure }) | null = null;
  private data: FigureData | null = null;
  private plan: Plan | null = null;
  private cross: Spot | null = null;
  private stroke = 0;
  /** The node that a press began on. */
  private held = -1;
  /** Where it began. */
  private begun: Spot = [0, 0];
  /** What keys hold; they let go of it elsewhere. */
  private carried: Spot | null = null;

  private readonly fetch = latest(async (wish: Wish) => {
    // What waited its turn while the page went out of sight is asked for when it is back.
    if (document.hidden || this.figure?.key !== wish.key) {
      this.asked = "";
      return;
    }
    const begun = performance.now();
    const { questions } = this.session;
    if (this.still?.key !== wish.key || this.still.edits !== wish.edits) {
      const found = await questions.figure(wish.key, false);
      if (!this.receive(wish, found)) return;
      this.still = { ...wish, found };
      this.keptAs = "";
    }
    const moving = await questions.figure(wish.key, true);
    if (!this.receive(wish, moving)) return;
    this.receiveBoth(moving);
    // What takes longer than a frame gets half of the time at most: the run goes on beside it.
    const took = performance.now() - begun;
    if (took > FRAME) await new Promise((resolve) => setTimeout(resolve, took));
  });

  /** Presses that are dragged: one a frame, and none before the last is done. */
  private readonly send = latest(async ([action, args]: [string, Record<string, number>]) => {
    await this.session.act(action, args);
    await new Promise(requestAnimationFrame);
  });

  constructor(
    box: HTMLElement,
    private readonly session: Session,
    private readonly theme: () => Theme,
  ) {
    box.append(this.canvas);
    box.closest(".stage")?.append(this.words, this.hint, this.spoken.element);
    this.input = new FigureInput(this.canvas, {
      takes: (spot) => this.takes(spot),
      press: (spot, first) => this.press(spot, first),
      release: (spot) => this.release(spot),
      hold: (spot) => this.hold(spot),
      holds: () => !!this.figure?.drag,
      point: (spot) => this.point(spot),
      sheet: () => this.plan ?? { left: 0, right: 1, top: 0, bottom: 1 },
    });
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    document.addEventListener("visibilitychange", () => this.refresh());
  }

  get keys(): readonly Shortcut[] {
    return this.input.keys;
  }

  /** Another figure, or none. */
  choose(figure: FigureInfo | null): void {
    const { canvas } = this;
    const other = figure?.key !== this.figure?.key;
    this.figure = figure;
    const press = figure?.press !== null && figure !== null;
    attribute(canvas, "role", press ? "application" : "img");
    attribute(canvas, "tabindex", press ? "0" : null);
    attribute(canvas, "aria-roledescription", press ? words.figure.roledescription : null);
    attribute(canvas, "aria-describedby", press ? this.hint.id : null);
    attribute(canvas, "data-press", press);
    if (other) this.forget();
    this.refresh();
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.refresh();
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.refresh();
  }

  draw(): void {
    const { data, canvas, kept } = this;
    const area = data && surface(canvas);
    if (!data || !area) return;
    const theme = this.theme();
    const plan = planOf(area, data, theme);
    this.plan = plan;
    const { context, width, height, ratio } = area;
    const as = `${signature(plan)} ${canvas.width} ${canvas.height}`;
    const place = kept.getContext("2d");
    if (place && (as !== this.keptAs || theme !== this.keptIn)) {
      kept.width = canvas.width;
      kept.height = canvas.height;
      place.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawStill({ context: place, width, height, ratio }, plan, data, theme);
      this.keptAs = as;
      this.keptIn = theme;
    }
    context.drawImage(kept, 0, 0, width, height);
    drawMoving(area, plan, data, theme, this.cross);
  }

  private forget(): void {
    this.asked = "";
    this.still = null;
    this.data = null;
    this.plan = null;
    this.cross = null;
    setText(this.note, "");
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private refresh(): void {
    const { figure, frame } = this;
    if (!figure || !frame || document.hidden) return;
    const { edits } = this.session;
    const moment = `${figure.key} ${edits} ${frame.time} ${frame.hash}`;
    if (moment === this.asked) return;
    this.asked = moment;
    this.fetch({ key: figure.key, edits });
  }

  /** Whether an answer is a figure, and still wanted. The machine's sentence on why there is none stands in its place. */
  private receive(wish: Wish, found: Figure | string | null): found is Figure {
    if (this.figure?.key !== wish.key) return false;
    if (found === null) {
      this.asked = "";
      return false;
    }
    if (typeof found !== "string") return true;
    const { asked } = this;
    this.forget();
    this.asked = asked;
    this.say(found);
    return false;
  }

  private receiveBoth(moving: Figure): void {
    const { still, info } = this;
    if (!still || !info) return;
    const says = words.figure;
    const memories = info.memories.map(({ name }) => name);
    this.data = { still: still.found, moving, memories, says, format: tick };
    this.say([...new Set([still.found.note, moving.note])].filter(Boolean).join(" "));
    this.draw();
  }

  private say(note: string): void {
    if (!this.figure) return;
    const { label, help } = this.figure;
    setText(this.note, note);
    attribute(this.canvas, "aria-label", words.figure.label(label, help, note));
  }

  private takes([x, y]: Spot): boolean {
    const { plan } = this;
    if (!plan || !this.figure?.press) return false;
    const { left, right, top, bottom } = plan;
    return x >= left - RIM && x <= right + RIM && y >= top - RIM && y <= bottom + RIM;
  }

  private press(spot: Spot, first: boolean): void {
    const { plan, figure } = this;
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
    const { plan, figure, held } = this;
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
    const { carried, plan } = this;
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
    const { plan } = this;
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
    this.cross = spot;
    this.draw();
    const { plan, data } = this;
    if (!spot || !plan || !data) return;
    const node = nodeAt(plan, ...spot);
    const names = ofKind(marksOf(data), "nodes").flatMap(({ at, names }) => at.map((_, i) => names[i] ?? ""));
    const [x, y] = plan.place(...spot);
    const place = words.figure.place(plan.across.label, x, plan.up.label, y);
    this.spoken.say(node < 0 ? place : `${capital(words.figure.node(names[node] ?? "", node))}: ${place}`);
  }
}

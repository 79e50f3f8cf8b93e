/**
 * A figure of one of the machines on a canvas. What stands still in it is asked for after edits, what moves with every
 * frame, but never before the last answer is drawn.
 */
import type { Figure, FigureInfo, Frame } from "../../engine/types";
import { tick } from "../../figures";
import * as words from "../../messages/later";
import { allOf, framesOf } from "../../state/company";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import { drawMoving, drawStill } from "../../views/figure";
import type { FigureData } from "../../views/figure/data";
import { type Plan, planOf, signature } from "../../views/figure/plan";
import { surface } from "../../views/surface";
import type { Theme } from "../../views/theme";
import { h } from "../kit/dom";
import type { Spot } from "./figure-input";

/** Milliseconds of a frame. */
const FRAME = 16;

interface Wish {
  key: string;
  /** One of its boxes, looked at closely; null for the whole. */
  box: number | null;
  /** Descriptions so far: what stands still is of one of them. */
  edits: number;
}

export class FigureSheet {
  /** What is drawn, and where it lies; null while there is nothing. */
  data: FigureData | null = null;
  plan: Plan | null = null;
  /** Where the cross-hair stands. */
  cross: Spot | null = null;
  /** The box that is looked at closely; null for the whole. */
  box: number | null = null;
  private figure: FigureInfo | null = null;
  private frame: Frame | null = null;
  private asked = "";
  private still: (Wish & { found: Figure }) | null = null;
  /** What stands still, kept as it was drawn. */
  private readonly kept = h("canvas");
  private keptAs = "";
  private keptIn: Theme | null = null;
  private readonly sizes = new ResizeObserver(() => this.draw());
  private readonly seen = () => this.refresh();

  private readonly fetch = latest(async (wish: Wish) => {
    // What waited its turn while the page went out of sight is asked for when it is back.
    if (document.hidden || !this.wants(wish)) {
      this.asked = "";
      return;
    }
    const begun = performance.now();
    const { questions } = this.session;
    const { key, box, edits } = wish;
    const { still } = this;
    if (still?.key !== key || still.box !== box || still.edits !== edits) {
      const found = await questions.figure(key, false, this.place, box);
      if (!this.receive(wish, found)) return;
      this.still = { ...wish, found };
      this.keptAs = "";
    }
    const moving = await questions.figure(key, true, this.place, box);
    if (!this.receive(wish, moving)) return;
    this.receiveBoth(moving);
    // What takes longer than a frame gets half of the time at most: the run goes on beside it.
    const took = performance.now() - begun;
    if (took > FRAME) await new Promise((resolve) => setTimeout(resolve, took));
  });

  /** `place` is 0 for the machine that leads; `say` hears what is to be read beside the figure. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly session: Session,
    private readonly theme: () => Theme,
    private readonly place: number,
    private readonly say: (note: string) => void,
  ) {
    this.sizes.observe(canvas);
    document.addEventListener("visibilitychange", this.seen);
  }

  /** Its canvas is gone. */
  close(): void {
    this.choose(null);
    this.sizes.disconnect();
    document.removeEventListener("visibilitychange", this.seen);
  }

  /** Another figure, or none. */
  choose(figure: FigureInfo | null): void {
    const other = figure?.key !== this.figure?.key;
    this.figure = figure;
    if (other) {
      this.box = null;
      this.forget();
    }
    this.refresh();
  }

  /** One of its boxes closely, or the whole again. */
  look(box: number | null): void {
    this.box = box;
    this.forget();
    this.refresh();
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.refresh();
  }

  refresh(): void {
    const { figure, frame, box } = this;
    const own = frame && framesOf(frame)[this.place];
    if (!figure || !own || document.hidden) return;
    const { edits } = this.session;
    const moment = `${figure.key} ${box} ${edits} ${frame.time} ${own.hash}`;
    if (moment === this.asked) return;
    this.asked = moment;
    this.fetch({ key: figure.key, box, edits });
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
    if (this.figure) this.say("");
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private wants({ key, box }: Wish): boolean {
    return this.figure?.key === key && this.box === box;
  }

  /** Whether an answer is a figure, and still wanted. The machine's sentence on why there is none stands in its place. */
  private receive(wish: Wish, found: Figure | string | null): found is Figure {
    if (!this.wants(wish)) return false;
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
    const { still, session } = this;
    const own = session.info && allOf(session.info)[this.place];
    if (!still || !own) return;
    const memories = own.memories.map(({ name }) => name);
    this.data = { still: still.found, moving, memories, says: words.figure, format: tick };
    this.say([...new Set([still.found.note, moving.note])].filter(Boolean).join(" "));
    this.draw();
  }
}

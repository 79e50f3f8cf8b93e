/** Presses on a figure, by pointer and by a cross-hair that keys move. Places are those of the canvas. */
import * as words from "../../messages/later";
import { type Shortcut, shortcutFor } from "../kit/keys";

export type Spot = readonly [x: number, y: number];

export interface FigureActs {
  /** Whether a press does anything there. */
  takes(spot: Spot): boolean;
  /** A press, or the next place of one that is dragged; the first one begins it. */
  press(spot: Spot, first: boolean): void;
  /** The end of a press. */
  release(spot: Spot): void;
  /** Takes hold of what is there, or lets go of what is held; what is held goes with the cross-hair. */
  hold(spot: Spot): void;
  /** Whether something can be taken hold of. */
  holds(): boolean;
  /** Keys have moved the cross-hair; null if it is not to be seen. */
  point(spot: Spot | null): void;
  /** The sheet on the canvas. */
  sheet(): { left: number; right: number; top: number; bottom: number };
}

/** Steps of the cross-hair from one end of the sheet to the other, and of a smaller one in CSS pixels. */
const STEPS = 32;
const NUDGE = 1;
const ARROWS: Readonly<Record<string, Spot>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class FigureInput {
  private readonly plain: readonly Shortcut[];
  private readonly holding: readonly Shortcut[];
  private pointer: number | null = null;
  /** The cross-hair, as parts of the sheet, so that it stays where it is when that grows. */
  private cross: [number, number] = [0.5, 0.5];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly acts: FigureActs,
  ) {
    const { walk, nudge, press, hold } = words.figure;
    const arrows = Object.keys(ARROWS);
    const enter = () => {
      acts.press(this.spot(), true);
      acts.release(this.spot());
    };
    const take = () => acts.hold(this.spot());
    this.plain = [
      { group: "cell", keys: arrows, what: walk, press: (key) => this.walk(key, false) },
      { group: "cell", keys: arrows, shift: true, what: nudge, press: (key) => this.walk(key, true) },
      { group: "cell", keys: [" ", "Enter"], what: press, press: enter },
    ];
    this.holding = [...this.plain, { group: "cell", keys: [" ", "Enter"], shift: true, what: hold, press: take }];
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.pointer) acts.press(this.at(event), false);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      canvas.addEventListener(end, (event) => {
        if (event.pointerId !== this.pointer) return;
        this.pointer = null;
        if (end === "pointerup") acts.release(this.at(event));
        else acts.point(null);
      });
    }
    canvas.addEventListener("keydown", (event) => this.key(event));
    // A click brings the focus too, but no cross-hair: that comes with the first key.
    canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && this.show());
    canvas.addEventListener("blur", () => acts.point(null));
  }

  get keys(): readonly Shortcut[] {
    return this.acts.holds() ? this.holding : this.plain;
  }

  private at(event: PointerEvent): Spot {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private down(event: PointerEvent): void {
    const spot = this.at(event);
    if (!event.isPrimary || event.button !== 0 || !this.acts.takes(spot)) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    const { left, right, top, bottom } = this.acts.sheet();
    this.cross = [(spot[0] - left) / (right - left), (spot[1] - top) / (bottom - top)];
    this.acts.press(spot, true);
  }

  private key(event: KeyboardEvent): void {
    const shortcut = this.acts.takes(this.spot()) ? shortcutFor(this.keys, event) : undefined;
    if (!shortcut) return;
    event.preventDefault();
    event.stopPropagation();
    shortcut.press(event.key);
    this.show();
  }

  private walk(key: string, fine: boolean): void {
    const { left, right, top, bottom } = this.acts.sheet();
    const [across, down] = ARROWS[key] ?? [0, 0];
    const step = (size: number) => (fine ? NUDGE / size : 1 / STEPS);
    const within = (part: number) => Math.min(1, Math.max(0, part));
    const [x, y] = this.cross;
    this.cross = [within(x + across * step(right - left)), within(y + down * step(bottom - top))];
  }

  private spot(): Spot {
    const { left, right, top, bottom } = this.acts.sheet();
    return [left + this.cross[0] * (right - left), top + this.cross[1] * (bottom - top)];
  }

  private show(): void {
    this.acts.point(this.spot());
  }
}

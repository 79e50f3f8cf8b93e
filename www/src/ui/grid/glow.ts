/** How lately each cell flipped, as what its flash has left: 1 just now, 0 long ago. */
import { isGrey } from "../../cells";
import type { MachineFrame } from "../../engine/types";

/** Milliseconds until the flash of a flip has faded to a third. */
const FADE = 160;
/** If more than this part of the picture flips from one frame to the next, a flash of each would tell nothing. */
const FLASHES = 0.1;
/** Nor if more than this part would glow at a time, were every flip a flash. */
const GLOWING = 0.2;
/** What is less is over. */
const DIM = 0.02;

export class Glow {
  /** Null while nothing glows. */
  heat: Float32Array | null = null;
  private at = 0;
  /** How many would glow. */
  private lately = 0;
  private told = 0;

  constructor(private readonly changed: () => void) {}

  /** What flipped in a frame flashes; greys have no flips. */
  ignite({ cells, flipped }: Pick<MachineFrame, "cells" | "flipped">): void {
    if (isGrey(cells)) return;
    const now = performance.now();
    this.lately = this.lately * Math.exp((this.told - now) / FADE) + flipped.length;
    this.told = now;
    const { length } = cells;
    if (flipped.length === 0 || flipped.length > FLASHES * length || this.lately > GLOWING * length) return;
    const burning = this.heat !== null;
    if (this.heat?.length !== cells.length) this.heat = new Float32Array(cells.length);
    for (const unit of flipped) this.heat[unit] = 1;
    if (burning) return;
    this.at = now;
    requestAnimationFrame((then) => this.fade(then));
  }

  private fade(now: number): void {
    const { heat } = this;
    if (!heat) return;
    const rest = Math.exp(-Math.max(0, now - this.at) / FADE);
    this.at = now;
    let brightest = 0;
    for (let i = 0; i < heat.length; i++) {
      const left = (heat[i] ?? 0) * rest;
      heat[i] = left;
      if (left > brightest) brightest = left;
    }
    if (brightest < DIM) this.heat = null;
    else requestAnimationFrame((next) => this.fade(next));
    this.changed();
  }
}

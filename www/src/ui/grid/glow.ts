/** How lately each cell flipped, as what its flash has left: 1 just now, 0 long ago. */
import { isGrey } from "../../cells";
import type { MachineFrame } from "../../engine/types";

/** Milliseconds until the flash of a flip has faded to a third. */
const FADE = 160;
/** If more than this part of the picture flips from one frame to the next, a flash of each would tell nothing. */
const FLASHES = 0.1;
/** What is less is over. */
const DIM = 0.02;

export class Glow {
  /** Null while nothing glows. */
  heat: Float32Array | null = null;
  private at = 0;

  constructor(private readonly changed: () => void) {}

  /** What flipped in a frame flashes; greys have no flips. */
  ignite({ cells, flipped }: Pick<MachineFrame, "cells" | "flipped">): void {
    if (isGrey(cells) || flipped.length === 0 || flipped.length > FLASHES * cells.length) return;
    const burning = this.heat !== null;
    if (this.heat?.length !== cells.length) this.heat = new Float32Array(cells.length);
    for (const unit of flipped) this.heat[unit] = 1;
    if (burning) return;
    this.at = performance.now();
    requestAnimationFrame((now) => this.fade(now));
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

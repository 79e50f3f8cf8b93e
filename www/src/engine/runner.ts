/**
 * The run loop: how much to advance, and when. Steps follow the clock at the speed asked for, or go flat out; either
 * way a slice stays under its budget, so that messages are answered between slices.
 */

/** Milliseconds a slice may take. */
const BUDGET = 8;
/** Milliseconds of real time that one slice makes up for at most: no jump after a pause of the whole tab. */
const CATCH_UP = 100;
const LARGEST_CHUNK = 1 << 20;

export interface Machine {
  advance(unit: "update", count: number): { done: number; settled: boolean };
  /** Something happened that is worth drawing. */
  progressed(): void;
  /** The run ended by itself. */
  stopped(): void;
  failed(error: unknown): void;
}

export class Runner {
  running = false;
  private rate = Number.POSITIVE_INFINITY;
  private owed = 0;
  private last = 0;
  /** Updates done in one call; adapts so that a call takes about a quarter of the budget. */
  private chunk = 64;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Which run a queued slice belongs to: one from before a pause must not start a second loop. */
  private turn = 0;
  private readonly channel = new MessageChannel();

  constructor(private readonly machine: Machine) {
    this.channel.port1.onmessage = ({ data }: MessageEvent<number>) => {
      if (data === this.turn) this.slice();
    };
  }

  run(updatesPerSecond: number): void {
    this.rate = updatesPerSecond;
    if (this.running) return;
    this.running = true;
    // The first update comes at once: a press of the button shows.
    this.owed = 1;
    this.last = performance.now();
    this.slice();
  }

  pause(): void {
    this.running = false;
    this.turn += 1;
    clearTimeout(this.timer);
  }

  private slice(): void {
    if (!this.running) return;
    const start = performance.now();
    if (Number.isFinite(this.rate)) {
      this.owed += (Math.min(start - this.last, CATCH_UP + 1000 / this.rate) * this.rate) / 1000;
    } else {
      this.owed = Number.POSITIVE_INFINITY;
    }
    this.last = start;
    try {
      const worked = this.owed >= 1;
      const goesOn = this.spend(start);
      if (worked) this.machine.progressed();
      if (!goesOn) {
        this.pause();
        this.machine.stopped();
        return;
      }
    } catch (error) {
      this.machine.failed(error);
      return;
    }
    this.schedule();
  }

  /** Advances until nothing is owed or the budget is spent; false when there is nothing left to run. */
  private spend(start: number): boolean {
    let now = start;
    while (this.owed >= 1 && now - start < BUDGET) {
      const count = Math.min(Math.floor(this.owed), this.chunk);
      const { done, settled } = this.machine.advance("update", count);
      const after = performance.now();
      if (after - now < BUDGET / 8) this.chunk = Math.min(LARGEST_CHUNK, this.chunk * 2);
      else if (after - now > BUDGET / 2) this.chunk = Math.max(1, this.chunk >> 1);
      now = after;
      this.owed -= Math.max(done, 1);
      if (settled || done === 0) return false;
    }
    // Work that did not fit is dropped, not piled up: the machine is slower than the speed asked for.
    if (Number.isFinite(this.rate)) this.owed = Math.min(this.owed, (CATCH_UP * this.rate) / 1000 + 1);
    return true;
  }

  private schedule(): void {
    if (this.owed >= 1) {
      this.channel.port2.postMessage(this.turn);
    } else {
      this.timer = setTimeout(() => this.slice(), ((1 - this.owed) * 1000) / this.rate);
    }
  }
}

/** Speaks to those who listen rather than look: politely, the latest only, and no faster than it can be heard. */
import { h, setText } from "./dom";

/** Milliseconds after which what was said last is no longer about to change. */
const STANDS = 250;

export class Announcer {
  readonly element = h("p", { class: "unseen", attrs: { "aria-live": "polite" } });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = Number.NEGATIVE_INFINITY;
  private text = "";

  /** `pause`: the least time from one sentence to the next, in milliseconds. */
  constructor(private readonly pause: number) {}

  /** `now`: it does not wait for the pause to be over. */
  say(text: string, now = false): void {
    this.text = text;
    // One that waits is replaced and not put off: else what changes all the time would never be told.
    if (this.timer !== undefined && !now) return;
    clearTimeout(this.timer);
    const pause = now ? 0 : this.pause;
    const wait = Math.max(STANDS, this.last + pause - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.last = performance.now();
      setText(this.element, this.text);
    }, wait);
  }
}

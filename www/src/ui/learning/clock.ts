/** How far a machine has learned that learns as it runs: the epoch, the batch, and about how long it will take on. */
import type { Frame, SessionInfo } from "../../engine/types";
import * as words from "../../messages/later";
import { attribute, h, setText } from "../kit/dom";

/** Milliseconds of a run before anything is said of what is left, and from one look at its pace to the next. */
const WATCHED = 1500;
const LOOK = 250;
/** The pace is that of the last few seconds. */
const MEMORY = 5000;

export class LearningClock {
  private readonly epoch = h("span");
  /** Left out where there is no room for it. */
  private readonly batch = h("span", { class: "batch" });
  private readonly left = h("span");
  /** It takes the place of the plain clock, and as much room with nothing left to say. */
  readonly element = h(
    "p",
    { class: "timeline-learning figures", attrs: { hidden: true } },
    h("span", {}, this.epoch, this.batch),
    this.left,
  );
  private info: SessionInfo | null = null;
  /** Since when the run has been watched, and the last look at it. */
  private begun = 0;
  private last: { at: number; done: number } | null = null;
  /** Mini-batches a millisecond. */
  private pace = 0;

  constructor(timeline: HTMLElement) {
    timeline.append(this.element);
  }

  describe(info: SessionInfo): void {
    this.info = info;
    // As long as it will ever be, so that the line of time beside it stays as long as it is.
    const { sweep: batches, plan } = info;
    const epochs = Math.round(plan / batches);
    const short = words.learning.epoch(epochs, epochs);
    this.element.style.setProperty("--short", `${short.length}ch`);
    this.element.style.setProperty("--long", `${(short + batchOf(batches, batches)).length}ch`);
  }

  show({ sweep, running }: Frame): void {
    const { info } = this;
    const done = info ? Math.round(sweep * info.sweep) : 0;
    const learning = info !== null && done < info.plan;
    attribute(this.element, "hidden", !learning);
    if (!learning) {
      this.last = null;
      return;
    }
    const { sweep: batches, plan } = info;
    setText(this.epoch, words.learning.epoch(Math.floor(done / batches) + 1, Math.round(plan / batches)));
    setText(this.batch, batchOf(done % batches, batches));
    this.watch(done, running);
    const known = running && this.pace > 0 && performance.now() - this.begun >= WATCHED;
    setText(this.left, known ? words.learning.left((plan - done) / this.pace / 1000) : "");
  }

  /** Takes the pace of a run; one that was stopped, or taken elsewhere, is watched anew. */
  private watch(done: number, running: boolean): void {
    const { last } = this;
    const at = performance.now();
    if (!running || !last || done < last.done) {
      this.last = running ? { at, done } : null;
      this.begun = at;
      this.pace = 0;
    } else if (at - last.at >= LOOK) {
      const pace = (done - last.done) / (at - last.at);
      const share = this.pace === 0 ? 1 : 1 - Math.exp((last.at - at) / MEMORY);
      this.pace += share * (pace - this.pace);
      this.last = { at, done };
    }
  }
}

/** Where an epoch is one batch, that is not said again. */
function batchOf(batch: number, batches: number): string {
  return batches > 1 ? words.learning.batch(batch, batches) : "";
}

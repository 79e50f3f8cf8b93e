/**
 * Why a cell turns as it does: which cell, and of which moment. With the tool chosen it is the one under the mouse or
 * the keyboard's cursor; a click keeps one. The run goes on meanwhile and is followed, a few times a second.
 */
import type { Explanation, Frame } from "../../engine/types";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import type { Theme } from "../../views/theme";
import type { Side } from "../kit/side";
import { ExplainPanel } from "./explain-panel";
import type { Stage, Wondering } from "./stage";

/** Milliseconds that the mouse stays on a cell that it does not only pass. */
const REST = 70;
/** A run is followed at most so often, and its answers take at most this part of the time. */
const FOLLOW = 250;
const SHARE = 0.2;

export class Explain {
  private readonly panel: ExplainPanel;
  private open = false;
  private unit = -1;
  private kept = false;
  /** The moment asked about; null is the one looked at. */
  private past: number | null = null;
  /** The moment last looked at. */
  private time = -1;
  /** What is shown, or on its way, is about this. */
  private about = "";
  private resting: ReturnType<typeof setTimeout> | undefined;
  private following: ReturnType<typeof setTimeout> | undefined;
  /** It was just picked out, and is to be seen. */
  private sought = false;
  /** When a run may be asked again. */
  private next = 0;

  private readonly fetch = latest(async ({ unit, past }: { unit: number; past: number | null }) => {
    const begun = performance.now();
    const found = await this.session.questions.explain(unit, past);
    const took = performance.now() - begun;
    this.next = performance.now() + Math.max(FOLLOW, took / SHARE - took);
    if (!found || !this.open || unit !== this.unit || past !== this.past) return;
    this.draw(found);
    if (this.sought) this.panel.reveal();
    this.sought = false;
  });

  constructor(
    side: Side,
    private readonly stage: Stage,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
  ) {
    this.panel = new ExplainPanel(side, {
      close: () => this.leave(),
      go: (unit) => this.wonder(unit, "kept"),
      mark: (unit) => stage.mark(unit),
      why: (time) => this.ask(time),
      seek: (time) => session.goTo(time),
    });
    store.on("tool", () => this.follow());
    this.follow();
  }

  /** Somebody looks at a unit, or wants to know about it. */
  wonder(unit: number, how: Wondering): void {
    clearTimeout(this.resting);
    if (how === "kept") {
      // Once more lets it go.
      const again = this.kept && unit === this.unit && this.past === null;
      this.session.rest();
      this.turn(true);
      this.panel.front();
      this.sought = true;
      this.choose(unit, !again);
    } else if (this.open && unit >= 0 && unit !== this.unit && !(how === "passed" && this.kept)) {
      this.resting = setTimeout(() => this.choose(unit, false), REST);
    }
  }

  show(frame: Frame): void {
    const { time } = this;
    this.time = frame.time;
    if (!this.open || this.unit < 0) return;
    if (this.unit >= frame.cells.length) {
      this.turn(false);
      this.turn(true);
      return;
    }
    // Whoever goes on, or goes there, is done with what was.
    if (time !== frame.time) this.past = null;
    this.refresh();
  }

  private follow(): void {
    const asked = this.store.get("tool") === "ask";
    this.turn(asked);
    if (asked) this.wonder(this.stage.looked, "reached");
  }

  /** The tool is put away with it. */
  private leave(): void {
    this.turn(false);
    if (this.store.get("tool") === "ask") this.store.set("tool", "draw");
    this.stage.focus();
  }

  private turn(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    this.unit = -1;
    this.kept = false;
    this.past = null;
    this.about = "";
    clearTimeout(this.resting);
    clearTimeout(this.following);
    this.panel.turn(open);
    if (!open) {
      this.stage.lay("voices", null);
      this.stage.mark(-1);
    }
  }

  private choose(unit: number, kept: boolean): void {
    this.unit = unit;
    this.kept = kept;
    this.past = null;
    this.next = 0;
    this.store.set("unit", unit);
    this.panel.keep(kept);
    this.refresh();
  }

  /** Why it did what it did at a moment; null is now. */
  private ask(time: number | null): void {
    this.session.rest();
    this.past = time;
    this.kept = true;
    this.next = 0;
    this.panel.keep(true);
    this.refresh();
  }

  private refresh(): void {
    const { unit, past } = this;
    const { frame } = this.session;
    const about = `${unit} ${past ?? `${frame?.time} ${frame?.hash}`} ${this.session.edits}`;
    if (!frame || about === this.about) return;
    clearTimeout(this.following);
    const early = frame.running ? this.next - performance.now() : 0;
    if (early > 0) {
      this.following = setTimeout(() => this.refresh(), early);
      return;
    }
    this.about = about;
    this.fetch({ unit, past });
  }

  private draw(explanation: Explanation): void {
    const { info } = this.session;
    if (!info) return;
    const { width, height } = info;
    const { unit, from, contributions } = explanation;
    const values = new Float32Array(width * height);
    if (from === "unit") for (const { unit, value } of contributions) values[unit] = value;
    const scale = Math.abs(contributions[0]?.value ?? 0) || 1;
    // Of memories nothing is laid over the cells, but the one that is asked has its frame.
    const voices = { palette: "signed", scale, width, height, values, instead: false } as const;
    const seen = this.stage.lay("voices", voices, unit) && from === "unit";
    this.panel.show({
      explanation,
      info,
      theme: this.theme(),
      past: this.past !== null,
      seen,
      running: this.session.frame?.running ?? false,
    });
  }
}

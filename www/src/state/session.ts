/**
 * The experiment on the page: the latest description and frame, and everything a visitor can ask of it. All parts of
 * the page speak to this, and only this speaks to the engine.
 */
import type { Engine } from "../engine/client";
import type { ActionInfo, Apart, Cells, Frame, SessionInfo, StepUnit, Value } from "../engine/types";
import type { Cue } from "../messages";
import { saidInLink } from "./figure";
import { latest, settled } from "./latest";
import { likestMemory } from "./likeness";
import type { Links } from "./link";
import { Questions } from "./questions";
import type { Store } from "./store";

/** Time to see the spoiled picture before the run begins, in milliseconds. */
const BEAT = 700;
/** Under reduced motion a run is a row of still pictures, a sweep each. */
const STILL = 1200;
/** A sweep takes so long, unless the visitor says otherwise: a recall of one or two sweeps can be followed. */
const SECONDS_A_SWEEP = 3;
/** All that a machine learns takes about so long, if it is fast enough. */
const SECONDS_TO_LEARN = 60;
/** Milliseconds after which a dragged slider counts as set. */
export const SLIDER_RESTS = 150;
/** Milliseconds after which waiting is said. */
const NOTICEABLE = 400;

/** Before there is a machine. */
const NO_UNIT: StepUnit = { key: "", label: "", help: "", clock: "", one: "", many: "" };

/** What the visitor did last, for the story. */
export type Deed = "opened" | "ran" | "edited" | "adjusted";

export interface SessionEvents {
  info(info: SessionInfo): void;
  frame(frame: Frame): void;
  failed(message: string): void;
  /** An edit at an earlier moment dropped what had been run beyond it; null once another edit followed. */
  branched(time: number | null): void;
  /** The visitor did something: the key of an action, "set", "undo", "redo", "restart", or "run" for moving in time. */
  acted?(what: string): void;
}

export class Session {
  info: SessionInfo | null = null;
  frame: Frame | null = null;
  deed: Deed = "opened";
  /** The picture the run began from. */
  cue: Cue | null = null;
  /** All of that picture, and its moment; null if it was left in the middle of a run, and opened there. */
  origin: { cells: Cells; time: number } | null = null;
  /** An edit takes so long that a visitor wonders. */
  busy = false;
  /** A file that another experiment needs is on its way. */
  fetching = false;
  /** Descriptions so far: with another one, the same state may be explained otherwise. */
  edits = 0;
  /** Whether the visitor wants it to run: true from the beat before the first step on. */
  wanted = false;
  /** What is opened starts to run by itself. */
  starts = true;
  private strokes = Date.now();
  /** Updates in a sweep, as the run shows it: one, if all cells change together. */
  private sweepLength = 0;
  /** The moment that is on its way, from which the next press of a key counts. */
  private target: number | null = null;
  /** The stroke of the edit that branched off, and whether its frame is still to come. */
  private branch: { stroke: Value | undefined; coming: boolean } | null = null;
  /** Cells painted that the engine has yet to hear of, and how many edits with such are on their way. */
  private readonly ahead = new Map<number, number>();
  private painting = 0;
  /** It is as it was left, and has yet to be seen. */
  private restored = false;
  /** Nobody sees it. */
  private hidden = false;
  /** It runs once it is seen. */
  private asleep = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly questions: Questions;

  constructor(
    private readonly engine: Engine,
    private readonly store: Store,
    private readonly link: Links,
    private readonly calm: () => boolean,
    private readonly events: SessionEvents,
  ) {
    this.questions = new Questions(engine, events);
    store.on("speed", () => this.underWay && this.run());
  }

  /** Opens a spec and starts it. `push` is for what the visitor chose here, so that Back leads out of it again. */
  async open(spec: string, push: boolean): Promise<void> {
    this.halt();
    const info = await this.engine.request("open", { spec });
    this.began(info);
    if (push) {
      const { hash } = await this.engine.request("share", {});
      this.link.push(hash);
    }
    if (this.starts) this.startAfterBeat();
  }

  /** Opens a session as it was left, and rests there. */
  async restore(saved: string): Promise<void> {
    this.halt();
    this.began(await this.engine.request("load", { saved }));
    this.restored = true;
  }

  /** A session that another worker took over. */
  resumed(info: SessionInfo): void {
    this.halt();
    this.describe(info);
  }

  show(frame: Frame): void {
    this.learnSweep(frame);
    // A frame from before an edit does not take back what was painted.
    for (const [unit, value] of this.ahead) frame.cells[unit] = value;
    this.frame = frame;
    if (this.restored) this.deed = frame.time > 0 ? "ran" : "edited";
    this.restored = false;
    if (frame.time === this.target) this.target = null;
    if (!frame.running && this.deed !== "ran" && this.info) {
      this.cue = likestMemory(frame.cells, this.info.memories);
    }
    // What is stored, held or set meanwhile does not make a beginning of where a run has come to.
    if (!frame.running && (this.deed === "opened" || this.deed === "edited")) {
      this.origin = { cells: frame.cells.slice(), time: frame.time };
    }
    if (frame.settled && !frame.running && this.timer === undefined) this.wanted = false;
    this.events.frame(frame);
    if (frame.changed && this.branch?.coming) {
      this.branch.coming = false;
      this.events.branched(frame.time);
    }
    if (frame.changed) this.questions.ask(this.engine.request("info", {}), (info) => this.describe(info));
  }

  has(action: string): boolean {
    return this.action(action) !== undefined;
  }

  action(key: string): ActionInfo | undefined {
    return this.info?.description.actions.find((action) => action.key === key);
  }

  // Editing.

  set(key: string, value: Value): Promise<boolean> {
    this.branchOff();
    if (this.deed !== "edited") this.deed = "adjusted";
    return this.edit("set", this.engine.request("set", { key, value }));
  }

  act(action: string, args: Record<string, Value>): Promise<boolean> {
    this.halt();
    this.branchOff(args.stroke);
    const picture = action !== "clamp" && this.action(action)?.group === "cue";
    this.deed = picture || this.deed === "edited" ? "edited" : "adjusted";
    return this.edit(action, this.engine.request("act", { action, args }));
  }

  /** Puts others beside the machine; false if one of them cannot follow, and `why` is told. */
  async compare(beside: Apart[], why: (message: string) => void): Promise<boolean> {
    this.halt();
    this.leaveBranch();
    const request = this.engine.request("compare", { beside });
    const failed = (error: unknown) => {
      why(error instanceof Error ? error.message : "");
      return null;
    };
    const info = await request.catch(failed);
    if (info === null) return false;
    this.deed = "opened";
    await this.edit("compare", Promise.resolve(info));
    this.startAfterBeat();
    return true;
  }

  /** Paints cells: seen at once, and the engine's next frame after that says the same. */
  async paint(units: number[], value: number, stroke: number): Promise<void> {
    for (const unit of units) {
      this.ahead.set(unit, value);
      if (this.frame) this.frame.cells[unit] = value;
    }
    this.painting += 1;
    await this.act("paint", { units, value, stroke });
    await this.engine.drawn();
    this.painting -= 1;
    if (this.painting === 0) this.ahead.clear();
  }

  /** Turns a memory into the cue: spoiled as the visitor last spoiled and set running, or exactly as stored. */
  async pick(memory: number, spoiled: boolean): Promise<void> {
    this.store.set("cue", memory);
    const stroke = this.stroke();
    if (!(await this.act("cue", { memory, stroke }))) return;
    this.deed = "opened";
    if (spoiled && this.has("spoil")) await this.spoil(stroke);
    else if (spoiled) this.startAfterBeat();
  }

  async spoil(stroke = this.stroke()): Promise<void> {
    if (!(await this.act("spoil", { ...this.spoilArgs(), stroke }))) return;
    this.deed = "opened";
    this.startAfterBeat();
  }

  /** Arguments of the spoil action: the visitor's, or the machine's defaults. */
  spoilArgs(): Record<string, Value> {
    const chosen = this.store.get("spoil");
    const args = (this.action("spoil")?.args ?? []).map(({ key, kind }) => [key, chosen[key] ?? kind.default] as const);
    return Object.fromEntries(args);
  }

  /** A number for edits that are to be undone as one. */
  stroke(): number {
    this.strokes += 1;
    return this.strokes;
  }

  /** The visitor has put this figure, or the grid, on the stage: whoever opens the link is shown it too. */
  stage(figure: string): void {
    const { info } = this;
    if (!info) return;
    void this.questions.ask(this.engine.request("stage", { figure: saidInLink(info, figure) }), () => this.linkSoon());
  }

  undo(): void {
    this.halt();
    this.leaveBranch();
    this.deed = "edited";
    void this.edit("undo", this.engine.request("undo", {}));
  }

  redo(): void {
    this.halt();
    this.leaveBranch();
    this.deed = "edited";
    void this.edit("redo", this.engine.request("redo", {}));
  }

  // Running.

  play(): void {
    if (!this.frame) return;
    this.events.acted?.("run");
    // A finished run plays again from the start, as a film does.
    if (this.frame.settled && this.deed === "ran" && this.frame.end > 0) this.restart(null, true);
    else this.startNow();
  }

  pause(): Promise<boolean> {
    this.halt();
    return this.questions.ask(this.engine.request("pause", {}));
  }

  /** A run that is under way stands still, to be looked at. */
  rest(): void {
    if (this.wanted) this.pause();
  }

  toggle(): void {
    if (this.wanted) void this.pause();
    else this.play();
  }

  step(unit: string): void {
    this.halt();
    this.deed = "ran";
    this.events.acted?.("run");
    this.questions.ask(this.engine.request("step", { unit, count: 1 }));
  }

  /** One of the machine's units of time, by its place in their list; nothing if it has not so many. */
  stepBy(place: number): void {
    const unit = this.info?.description.steps[place]?.key;
    if (unit !== undefined) this.step(unit);
  }

  /** One update back; pressed quickly, one for each press, though the frame of the last is still to come. */
  back(): void {
    const from = this.aim;
    if (from > 0) this.goTo(from - 1);
  }

  /** The moment looked at, or the one that is on its way. */
  get aim(): number {
    return this.target ?? this.frame?.time ?? 0;
  }

  goTo(time: number): void {
    this.scrub(time);
    this.target = time;
  }

  seek(time: number): Promise<boolean> {
    const { target } = this;
    this.halt();
    this.target = target;
    this.deed = "ran";
    this.events.acted?.("run");
    return this.questions.ask(this.engine.request("seek", { time }));
  }

  /** Looks at a moment while a pointer is dragged: the latest one asked for, no queue. */
  readonly scrub = latest((time: number) => this.seek(time));

  /** Sets a control while a slider is dragged: once it rests, as one edit. `done` is told of each value that was set. */
  setSoon(key: string, done: (value: Value) => void): (value: Value) => void {
    const send = latest(async (value: Value) => {
      await this.set(key, value);
      done(value);
    });
    return settled(SLIDER_RESTS, send);
  }

  restart(seed: number | null, run = false): void {
    this.halt();
    this.leaveBranch();
    this.deed = "opened";
    void this.edit("restart", this.engine.request("restart", { seed })).then((done) => {
      if (done && run) this.startAfterBeat();
    });
  }

  async reseed(): Promise<void> {
    await this.questions.ask(this.engine.request("freshSeed", {}), (seed) => this.restart(seed, true));
  }

  /** Updates a second: the visitor's choice, the experiment's, or such that a run at this size can be followed. */
  speed(): number {
    const { speed = null, plan = 0 } = this.info ?? {};
    const usual = speed ?? Math.max(this.perSweep() / SECONDS_A_SWEEP, plan / SECONDS_TO_LEARN);
    return this.store.get("speed") ?? Math.max(1, usual);
  }

  /** The tab went out of sight, or came back. */
  sleep(hidden: boolean): void {
    this.hidden = hidden;
    if (hidden) {
      this.asleep = this.wanted;
      if (this.wanted) this.pause();
    } else if (this.asleep) {
      this.asleep = false;
      this.startNow();
    }
  }

  /** The longest of the machine's units of time, in which a run is told. */
  get unit(): StepUnit {
    return this.info?.description.steps.at(-1) ?? NO_UNIT;
  }

  /** Updates in a sweep. */
  perSweep(): number {
    return this.sweepLength || (this.info?.width ?? 10) * (this.info?.height ?? 10);
  }

  /** Runs, after a beat in which the spoiled picture is seen. */
  startAfterBeat(): void {
    this.halt();
    this.asleep = this.hidden;
    if (this.hidden) return;
    this.wanted = true;
    this.timer = setTimeout(() => this.startNow(), this.calm() ? STILL : BEAT);
    if (this.frame) this.events.frame(this.frame);
  }

  private startNow(): void {
    this.halt();
    this.wanted = true;
    this.deed = "ran";
    if (this.calm()) this.runStill();
    else this.run();
  }

  private run(): void {
    this.questions.ask(this.engine.request("run", { updatesPerSecond: this.speed() }));
  }

  private runStill(): void {
    // As long a stretch as the machine has a name for.
    const unit = this.info?.description.steps.at(-1)?.key ?? "update";
    this.questions.ask(this.engine.request("step", { unit, count: 1 }));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.frame?.settled) {
        this.wanted = false;
        this.events.frame(this.frame);
      } else {
        this.runStill();
      }
    }, STILL);
  }

  private halt(): void {
    this.target = null;
    if (this.underWay) this.questions.ask(this.engine.request("pause", {}));
    this.wanted = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The engine was told to run, whether or not a frame of that has come. */
  private get underWay(): boolean {
    return this.wanted && this.timer === undefined;
  }

  /** Two frames of one run tell how long a sweep is; the speed follows, unless the visitor chose one. */
  private learnSweep(frame: Frame): void {
    const before = this.frame;
    if (!before || !frame.running || frame.time <= before.time || frame.sweep <= before.sweep) return;
    // Time goes on for those beside it when the machine that leads has come to rest.
    if (frame.beside.length > 0 && frame.outcome.kind !== "not_settled") return;
    const length = Math.max(1, Math.round((frame.time - before.time) / (frame.sweep - before.sweep)));
    if (length === this.perSweep()) return;
    this.sweepLength = length;
    // A frame from before a pause starts nothing again.
    if (this.underWay && this.store.get("speed") === null) this.run();
    if (this.info) this.events.info(this.info);
  }

  private began(info: SessionInfo): void {
    this.leaveBranch();
    this.deed = "opened";
    this.cue = null;
    this.origin = null;
    this.frame = null;
    this.sweepLength = 0;
    this.ahead.clear();
    for (const key of ["cue", "memory", "unit", "figure"] as const) this.store.set(key, null);
    // How fast it begins is the experiment's to say.
    if (info.speed !== null) this.store.set("speed", null);
    this.describe(info);
  }

  private describe(info: SessionInfo): void {
    this.info = info;
    this.edits += 1;
    this.events.info(info);
  }

  private async edit(what: string, request: Promise<SessionInfo>): Promise<boolean> {
    const slow = setTimeout(() => this.turnBusy(true), NOTICEABLE);
    const done = await this.questions.ask(request, (info) => {
      this.describe(info);
      this.events.acted?.(what);
      this.linkSoon();
    });
    clearTimeout(slow);
    if (!done && this.branch?.coming) this.branch = null;
    this.turnBusy(false);
    return done;
  }

  private linkSoon(): void {
    this.link.writeSoon(async () => (await this.engine.request("share", {})).hash);
  }

  private turnBusy(busy: boolean): void {
    if (busy === this.busy) return;
    this.busy = busy;
    if (this.frame) this.events.frame(this.frame);
  }

  /** Before an edit: if there is a run beyond the moment looked at, it goes, and that is told. */
  private branchOff(stroke?: Value): void {
    if (this.branch && stroke !== undefined && stroke === this.branch.stroke) return;
    this.leaveBranch();
    // With others beside it every edit starts over: that is no branch.
    if (this.info && this.info.beside.length > 0) return;
    if (this.frame && this.frame.time < this.frame.end) this.branch = { stroke, coming: true };
  }

  private leaveBranch(): void {
    if (this.branch) this.events.branched(null);
    this.branch = null;
  }
}

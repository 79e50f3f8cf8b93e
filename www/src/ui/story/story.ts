/** The sentence over the picture: what is happening, honestly, and what to try next. */
import type { Frame, Outcome, SessionInfo } from "../../engine/types";
import { signed } from "../../figures";
import type { Listening, Ways } from "../../messages";
import * as words from "../../messages";
import { memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import { isShown } from "../controls/shown";
import { Announcer } from "../kit/announcer";
import { iconButton } from "../kit/buttons";
import { byId, h, setText } from "../kit/dom";

/** Sweeps after which a run that still goes on is told as one that may never rest. */
const RESTLESS = 4;

/** A run that goes on is told no more often than this, in milliseconds, to those who listen. */
const PAUSE = 3000;

export interface Telling {
  now: string;
  next: string;
  /** It is a verdict, for which there are reasons. */
  why?: boolean;
}

export function tell(session: Session): Telling {
  const story = words.story;
  const { info, frame, cue, deed } = session;
  if (session.fetching) return { now: story.fetching, next: story.tryFetched };
  if (!info || !frame) return { now: "", next: story.loading };
  if (session.busy) return { now: story.learning, next: story.tryWait };
  const busy = session.wanted || frame.running;
  const { learns } = info.description;
  const { outcome } = frame;
  const blank = info.memories.length === 0 && frame.settled;
  // Who has learned from a data set needs no memories.
  const answers = learns && outcome.kind === "answer" && outcome.valid;
  if (blank && !answers && session.has("store")) return { now: story.empty, next: story.tryEmpty };
  if (info.clamped.length > 0 && info.clamped.length === info.width * info.height) {
    return { now: story.allHeld, next: story.tryRelease };
  }
  if ((outcome.kind === "underway" || (learns && outcome.kind === "answer")) && frame.beside.length === 0) {
    const next = busy || frame.settled ? (frame.canUndo || !info.text ? story.tryUnderway : info.text) : story.tryPlay;
    return { now: story.underway(outcome.says), next, why: true };
  }
  const exact = cue !== null && cue.wrong + cue.unknown === 0;
  if (busy && !frame.settled) {
    // The experiment's own words are about its own start, not about what a visitor made of it.
    const next = frame.canUndo || !info.text ? (cue ? story.tryWatch : story.tryLook) : info.text;
    if (frame.sweep >= RESTLESS && info.beside.length === 0) return { now: moving(frame, info), next, why: true };
    const how = listening(info);
    const now = cue === null ? story.searching(how) : exact ? story.leaving(cue.name, how) : story.recalling(cue, how);
    return { now, next };
  }
  if (deed === "edited") return { now: story.edited, next: story.tryPlay };
  if (deed === "adjusted") return { now: story.adjusted, next: story.tryAgain };
  if (exact && (deed !== "ran" || frame.sweep === 0)) {
    return { now: story.stored(cue.name, frame.settled), next: session.has("spoil") ? story.tryStored : story.tryPlay };
  }
  if (frame.settled || (deed === "ran" && frame.time > 0)) {
    return frame.beside.length > 0 ? together(frame, session, info) : end(frame, session, info);
  }
  return { now: cue ? story.ready(cue) : story.readyUnknown(info.memories.length > 0), next: story.tryPlay };
}

function listening({ description, clamped }: SessionInfo): Listening {
  return { grey: description.grey, held: clamped.length };
}

/** What it is like now, for a run that goes on. */
function moving(frame: Frame, info: SessionInfo): string {
  const { memories, description } = info;
  const [bars] = memoryMeasures(description.observables, "bars");
  let best = { name: "", likeness: 0 };
  for (const [i, likeness] of perMemory(frame, bars, memories.length).entries()) {
    const name = memories[i]?.name ?? "";
    if (best.name === "" || Math.abs(likeness) > Math.abs(best.likeness)) best = { name, likeness };
  }
  const reading = frame.outcome.kind === "not_settled" ? (frame.outcome.reads ?? null) : null;
  const names = memories.map(({ name }) => name);
  return best.name === ""
    ? words.story.searching(listening(info))
    : words.story.moving(best.name, signed(best.likeness, 1), reading, names);
}

function end({ outcome, sweep }: Frame, session: Session, info: SessionInfo): Telling {
  const names = info.memories.map(({ name }) => name);
  const units = info.width * info.height;
  return {
    now: words.story.outcome(outcome, names, sweep, session.unit, units, session.cue),
    next: words.story.next(outcome, waysOf(session, info)),
    why: true,
  };
}

/** The memory that a machine has come to: as its state, or as the average of a run that does not rest. */
function cameTo(outcome: Outcome): { memory: number; average: boolean } | null {
  if (outcome.kind === "recalled") return { memory: outcome.memory, average: false };
  const reads = outcome.kind === "not_settled" ? outcome.reads?.outcome : null;
  return reads?.kind === "recalled" ? { memory: reads.memory, average: true } : null;
}

/** How many of the machines side by side came to what was asked for, or to any memory if nothing was. */
function together(frame: Frame, session: Session, { memories }: SessionInfo): Telling {
  const story = words.story;
  const all = [frame, ...frame.beside].map(({ outcome }) => outcome);
  const next = session.has("spoil") ? story.tryTogether : story.tryGoOn;
  if (all.some(({ kind }) => kind === "answer")) {
    const answers = all.filter((outcome) => outcome.kind === "answer" && outcome.valid);
    return { now: story.answers(answers.length, all.length), next };
  }
  const wanted = session.cue?.memory ?? null;
  const came = all.map(cameTo).filter((one) => one !== null && (wanted === null || one.memory === wanted));
  const averages = came.filter((one) => one?.average).length;
  const name = wanted === null ? null : (memories[wanted]?.name ?? "");
  return { now: story.together(came.length, averages, all.length, name), next };
}

/** What this machine, in this experiment, offers to go on with. */
export function waysOf(session: Session, { description, values, memories, hide }: SessionInfo): Ways {
  const settings = hide.includes("controls") ? [] : description.controls.filter(({ key }) => !hide.includes(key));
  const heat = settings.find((control) => control.key === "temperature" && isShown(control, values));
  const shelf = memories.length > 0 && !hide.includes("shelf");
  return {
    memories: memories.length > 0,
    spoil: session.has("spoil") && !hide.includes("spoil"),
    store: session.has("store") && !hide.includes("shelf"),
    forget: session.has("forget") && shelf && memories.length > 1,
    pick: session.has("cue") && shelf && memories.length > 1,
    dice: !hide.includes("seed"),
    setting: settings[0]?.label ?? null,
    temperature: heat?.label ?? null,
  };
}

export class Story {
  private readonly now = h("span");
  private readonly next = byId("story-try");
  private readonly root = byId("story");
  private title = "";
  private sweep: number | null = null;
  private running = false;
  private readonly spoken = new Announcer(PAUSE);
  private readonly why: HTMLButtonElement | null;

  /** `why` opens the reasons of a verdict, beside the sentence; without it there is no button for them. */
  constructor(why?: (button: HTMLElement) => void) {
    const sentence = byId("story-now");
    this.now.textContent = sentence.textContent;
    this.why = why ? iconButton("info", words.verdict.open, () => this.why && why(this.why), "quiet why") : null;
    sentence.replaceChildren(this.now, ...(this.why ? ["\u2060", this.why] : []));
    this.root.append(this.spoken.element);
    addEventListener("resize", () => {
      this.root.style.minHeight = "";
    });
  }

  show(session: Session): void {
    const { now, next, why = false } = tell(session);
    // It keeps its place in the line, so that nothing moves when it comes.
    this.why?.toggleAttribute("data-idle", !why);
    // A run that goes on is told once a sweep: a sentence has to be read.
    const { frame } = session;
    const running = session.wanted || frame?.running === true;
    const rests = this.running && !running;
    this.running = running;
    const sweep =
      frame?.running && frame.sweep >= RESTLESS && frame.beside.length === 0 ? Math.floor(frame.sweep) : null;
    if (sweep !== null && sweep === this.sweep) return;
    this.sweep = sweep;
    const title = session.info?.title ?? "";
    if (title !== this.title) this.root.style.minHeight = "";
    this.title = title;
    const same = this.now.textContent === (now || this.now.textContent) && this.next.textContent === next;
    // The last frame of a run may look as the resting one does; what to try next is spoken with that.
    if (same && !rests) return;
    if (now) setText(this.now, now);
    setText(this.next, next);
    this.spoken.say(running ? now : `${now} ${next}`, !running);
    // It grows with a longer sentence, but a shorter one leaves the picture where it is: a hand may be on it.
    this.root.style.minHeight = `${this.root.offsetHeight}px`;
  }
}

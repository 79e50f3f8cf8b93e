/**
 * What was done to the run, on its timeline: a small button for each event, one for several that would touch. They
 * are one stop for Tab, with arrows from one to the next. However many events there are, the marks are few.
 */
import type { ActionInfo, Frame } from "../../engine/types";
import * as words from "../../messages";
import { attribute, h } from "../kit/dom";
import { type Glyph, glyph, glyphFor } from "./event-glyph";

type Event = Frame["events"][number];

/** Marks closer than this, in CSS pixels, become one. */
const APART = 14;
/** How many of several are named. */
const NAMED = 4;

interface Mark {
  first: number;
  last: number;
  kind: Glyph;
  label: string;
}

export interface MarkActs {
  go(time: number): void;
  /** A mark is looked at, so far along the line; or none any more. */
  tell(text: string, share: number): void;
  silence(): void;
}

export class EventMarks {
  readonly element = h("div", { class: "timeline-marks", attrs: { role: "group", "aria-label": words.run.events } });
  private events: readonly Event[] = [];
  private marks: Mark[] = [];
  private readonly buttons: HTMLButtonElement[] = [];
  private actions: readonly ActionInfo[] = [];
  private end = 0;
  private width = 0;

  constructor(private readonly acts: MarkActs) {
    new ResizeObserver(() => {
      this.width = this.element.clientWidth;
      this.arrange();
    }).observe(this.element);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusout", () => acts.silence());
    this.element.addEventListener("pointerleave", () => acts.silence());
  }

  describe(actions: readonly ActionInfo[]): void {
    this.actions = actions;
  }

  show({ events, end, time }: Frame): void {
    if (end !== this.end || !same(events, this.events)) {
      this.events = events;
      this.end = end;
      this.arrange();
    }
    for (const [i, { first, last }] of this.marks.entries()) {
      const button = this.buttons[i];
      if (button) attribute(button, "aria-current", time >= first && time <= last ? "true" : null);
    }
  }

  private arrange(): void {
    const end = Math.max(1, this.end);
    this.marks = [];
    let labels: string[] = [];
    let at = Number.NEGATIVE_INFINITY;
    for (const event of this.events) {
      // What was done at the very start is how the run began.
      if (event.time <= 0) continue;
      const mark = this.marks.at(-1);
      const place = (this.width * event.time) / end;
      if (mark && place - at < APART) {
        labels.push(event.label);
        if (mark.kind !== this.glyphOf(event)) mark.kind = "several";
        mark.last = event.time;
        mark.label = words.run.severalEvents(labels.length, mark.first, mark.last, labels.slice(0, NAMED));
      } else {
        at = place;
        labels = [event.label];
        const label = words.run.event(event.label, event.time);
        this.marks.push({ first: event.time, last: event.time, kind: this.glyphOf(event), label });
      }
    }
    this.draw();
  }

  private glyphOf({ kind }: Event): Glyph {
    return glyphFor(kind, this.actions);
  }

  private draw(): void {
    while (this.buttons.length < this.marks.length) this.add();
    const tab = Math.max(0, this.buttons.indexOf(document.activeElement as HTMLButtonElement));
    for (const [i, button] of this.buttons.entries()) {
      const mark = this.marks[i];
      button.hidden = mark === undefined;
      button.tabIndex = i === Math.min(tab, this.marks.length - 1) ? 0 : -1;
      if (!mark) continue;
      button.style.left = `${100 * this.share(mark)}%`;
      if (button.getAttribute("aria-label") !== mark.label) button.setAttribute("aria-label", mark.label);
      if (button.dataset.kind === mark.kind) continue;
      button.dataset.kind = mark.kind;
      button.replaceChildren(glyph(mark.kind));
    }
  }

  private share({ first, last }: Mark): number {
    return (first + last) / 2 / Math.max(1, this.end);
  }

  private add(): void {
    const place = this.buttons.length;
    const button = h("button", { class: "timeline-mark", attrs: { type: "button" } });
    const mark = () => this.marks[place];
    const tell = () => {
      const shown = mark();
      if (shown) this.acts.tell(shown.label, this.share(shown));
    };
    button.addEventListener("pointerenter", tell);
    button.addEventListener("focus", tell);
    button.addEventListener("click", () => this.acts.go(mark()?.first ?? 0));
    this.buttons.push(button);
    this.element.append(button);
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.buttons.indexOf(event.target as HTMLButtonElement);
    if (event.key === "Escape") this.acts.silence();
    const next = way === undefined ? undefined : this.buttons[at + way];
    if (!next || next.hidden) return;
    event.preventDefault();
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}

/** Frames bring their events anew, however seldom they change. */
function same(a: readonly Event[], b: readonly Event[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((event, i) => event.time === b[i]?.time && event.label === b[i]?.label && event.kind === b[i]?.kind);
}

/** The moment of the event before or after a moment; the start or the end of the run if there is none. */
export function eventFrom({ events, end }: Frame, time: number, direction: number): number {
  const times = events.map((event) => event.time);
  return direction < 0
    ? Math.max(0, ...times.filter((other) => other < time))
    : Math.min(end, ...times.filter((other) => other > time));
}

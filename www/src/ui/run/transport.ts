/** The run: from its start to its end, step by step or at play, and any moment of it. */
import type { Frame, SessionInfo, StepUnit } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import { iconButton, relabel, wordButton } from "../kit/buttons";
import { attribute, h, setText } from "../kit/dom";
import { EventMarks, eventFrom } from "./event-marks";

/** The keys of the machine's units of time, from the shortest on. */
export const STEP_KEYS: readonly string[] = [".", ">"];

export class Transport {
  private readonly slider = h("input", {
    class: "timeline-slider",
    attrs: { type: "range", min: 0, max: 1, value: 0, step: 1, "aria-label": words.run.timeline },
  });
  /** What is pointed at on the line, in words. */
  private readonly tip = h("p", { class: "timeline-tip figures", attrs: { hidden: true, "aria-hidden": "true" } });
  private readonly marks = new EventMarks({
    go: (time) => void this.session.seek(time),
    tell: (text, share) => this.tell(text, share),
    silence: () => this.silence(),
  });
  private readonly sweep = h("span", { class: "timeline-sweep figures" });
  readonly timeline = h("div", { class: "timeline" });
  private readonly playing: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly restart: HTMLButtonElement;
  private readonly steps = h("div", { class: "button-row steps" });
  private stepsKey = "";
  private held = false;
  private over = false;
  private frame: Frame | null = null;

  constructor(
    root: HTMLElement,
    private readonly session: Session,
  ) {
    const run = words.run;
    this.undo = iconButton("undo", run.undo, () => session.undo());
    this.redo = iconButton("redo", run.redo, () => session.redo());
    this.restart = iconButton("restart", run.restart, () => session.restart(null));
    this.back = iconButton("back", run.back, () => session.back());
    this.playing = iconButton("play", run.play, () => session.toggle(), "main play");
    for (const [name, button] of Object.entries({ restart: this.restart, back: this.back, play: this.playing })) {
      button.dataset.does = name;
    }
    this.steps.append(this.restart, this.back, this.playing);
    this.slider.addEventListener("input", () => {
      session.scrub(Number(this.slider.value));
      this.tellMoment();
    });
    this.slider.addEventListener("pointerdown", () => {
      this.held = true;
      this.tellMoment();
    });
    for (const [event, over] of [
      ["pointerenter", true],
      ["pointerleave", false],
    ] as const) {
      this.slider.addEventListener(event, () => {
        this.over = over;
        this.silence();
      });
    }
    for (const event of ["focus", "blur"] as const) this.slider.addEventListener(event, () => this.silence());
    for (const end of ["pointerup", "pointercancel", "change"] as const) {
      this.slider.addEventListener(end, () => {
        this.held = false;
        if (end !== "change") this.silence();
      });
    }
    this.timeline.append(h("div", { class: "timeline-track" }, this.slider, this.marks.element, this.tip), this.sweep);
    root.append(
      this.timeline,
      h("div", { class: "run-buttons" }, h("div", { class: "button-row" }, this.undo, this.redo), this.steps),
    );
  }

  focus(): void {
    this.playing.focus();
  }

  /** One button for each unit of time that the machine has a name for. */
  describe({ description: { steps, actions } }: SessionInfo): void {
    this.marks.describe(actions);
    const key = JSON.stringify(steps);
    if (key === this.stepsKey) return;
    this.stepsKey = key;
    const buttons = steps.map((unit, place) => stepButton(unit, place, () => this.session.step(unit.key)));
    this.steps.replaceChildren(this.restart, this.back, this.playing, ...buttons);
  }

  show(frame: Frame): void {
    const { time, end } = frame;
    // With others beside it the machine may have come to rest long before, while time goes on.
    const sweep = frame.beside.length > 0 ? time / (this.session.info?.sweep ?? 1) : frame.sweep;
    this.frame = frame;
    const on = this.session.wanted || frame.running;
    relabel(this.playing, on ? "pause" : "play", on ? words.run.pause : words.run.play);
    this.undo.disabled = !frame.canUndo;
    this.redo.disabled = !frame.canRedo;
    this.back.disabled = time <= 0;
    this.restart.disabled = end <= 0;
    this.slider.disabled = end <= 0;
    this.slider.max = String(Math.max(1, end));
    if (!this.held) this.slider.value = String(time);
    this.slider.style.setProperty("--fill", `${(100 * Number(this.slider.value)) / Math.max(1, end)}%`);
    this.slider.setAttribute("aria-valuetext", words.run.moment(time, end, sweep, this.session.unit));
    setText(this.sweep, words.run.clock(sweep, this.session.unit));
    this.marks.show(frame);
    if (this.looking) this.tellMoment();
  }

  /** To the event before or after the moment looked at. */
  jump(direction: number): void {
    const { frame, session } = this;
    if (frame) session.goTo(eventFrom(frame, session.aim, direction));
  }

  /** Whoever holds the slider, or stands on it, is told the moment exactly. */
  private get looking(): boolean {
    return this.held || this.over || this.slider.matches(":focus-visible");
  }

  private tellMoment(): void {
    const { frame } = this;
    if (!frame || frame.end <= 0 || !this.looking) return;
    const time = this.held ? Number(this.slider.value) : frame.time;
    this.tell(words.run.step(time, frame.end), time / frame.end);
  }

  private tell(text: string, share: number): void {
    setText(this.tip, text);
    this.tip.hidden = false;
    // At both ends it stays within the line.
    this.tip.style.left = `${100 * share}%`;
    this.tip.style.transform = `translateX(${-100 * share}%)`;
  }

  /** Nothing else is told any more. */
  private silence(): void {
    if (this.looking) this.tellMoment();
    else attribute(this.tip, "hidden", true);
  }
}

/** A button with the unit's name on it, and what it is, with its key, in its tip. */
function stepButton({ key, label, help }: StepUnit, place: number, press: () => void): HTMLButtonElement {
  const button = wordButton(label, press, "", place === 0 ? "step" : "steps");
  button.title = words.run.stepButton(capital(help || label), STEP_KEYS[place]);
  button.dataset.does = key;
  return button;
}

/** The run: from its start to its end, step by step or at play, and any moment of it. */
import type { Frame } from "../engine/types";
import { words } from "../messages";
import type { Session } from "../state/session";
import { iconButton, relabel, wordButton } from "./buttons";
import { h, setText } from "./dom";
import type { IconName } from "./icons";

export class Transport {
  private readonly slider = h("input", {
    class: "timeline-slider",
    attrs: { type: "range", min: 0, max: 1, value: 0, step: 1, "aria-label": words.run.timeline },
  });
  private readonly marks = h("div", { class: "timeline-marks", attrs: { "aria-hidden": "true" } });
  private readonly sweep = h("span", { class: "timeline-sweep figures" });
  private readonly playing: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly restart: HTMLButtonElement;
  private marksKey = "";
  private held = false;

  constructor(
    root: HTMLElement,
    private readonly session: Session,
  ) {
    const { run } = words;
    this.undo = iconButton("undo", run.undo, () => session.undo());
    this.redo = iconButton("redo", run.redo, () => session.redo());
    this.restart = iconButton("restart", run.restart, () => session.restart(null));
    this.back = iconButton("back", run.back, () => session.back());
    this.playing = iconButton("play", run.play, () => session.toggle(), "main play");
    const update = labelled("neuron", run.updateWord, run.update, () => session.step("update"));
    const sweep = labelled("sweep", run.sweepWord, run.sweep, () => session.step("sweep"));
    for (const [name, button] of Object.entries({
      restart: this.restart,
      back: this.back,
      play: this.playing,
      update,
      sweep,
    })) {
      button.dataset.does = name;
    }
    this.slider.addEventListener("input", () => session.scrub(Number(this.slider.value)));
    this.slider.addEventListener("pointerdown", () => {
      this.held = true;
    });
    for (const end of ["pointerup", "pointercancel", "change"] as const) {
      this.slider.addEventListener(end, () => {
        this.held = false;
      });
    }
    root.append(
      h("div", { class: "timeline" }, h("div", { class: "timeline-track" }, this.marks, this.slider), this.sweep),
      h(
        "div",
        { class: "run-buttons" },
        h("div", { class: "button-row" }, this.undo, this.redo),
        h("div", { class: "button-row steps" }, this.restart, this.back, this.playing, update, sweep),
      ),
    );
  }

  show(frame: Frame): void {
    const { time, end, sweep, events } = frame;
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
    this.slider.setAttribute("aria-valuetext", words.run.moment(time, end, sweep));
    setText(this.sweep, words.run.sweepShort(sweep));
    this.mark(events, end);
  }

  private mark(events: Frame["events"], end: number): void {
    const key = JSON.stringify([events, end]);
    if (key === this.marksKey) return;
    this.marksKey = key;
    const marks = events
      .filter(({ time }) => time > 0)
      .map(({ time, label }) => {
        const mark = h("span", { class: "timeline-mark", attrs: { title: label } });
        mark.style.left = `${(100 * time) / Math.max(1, end)}%`;
        return mark;
      });
    this.marks.replaceChildren(...marks);
  }
}

/** A button with one word on it, and all of them in its tip. */
function labelled(icon: IconName, word: string, title: string, press: () => void): HTMLButtonElement {
  const button = wordButton(word, press, "", icon);
  button.title = title;
  return button;
}

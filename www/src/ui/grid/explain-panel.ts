/** Why a cell does what it does, beside the picture: the sentence, the sum, and the voices, loudest first. */
import type { Explanation, SessionInfo } from "../../engine/types";
import { figure, signed } from "../../figures";
import * as words from "../../messages";
import { wordButton } from "../kit/buttons";
import { attribute, h, setText } from "../kit/dom";
import { panelHead, type Side } from "../kit/side";

const LOUDEST = 8;

export interface PanelActs {
  close(): void;
  /** To a cell. */
  go(unit: number): void;
  /** A cell is spoken of; −1 for none. */
  mark(unit: number): void;
  /** Why it did what it did at a moment; null for the one looked at. */
  why(time: number | null): void;
  seek(time: number): void;
}

export interface Shown {
  explanation: Explanation;
  info: SessionInfo;
  /** It is about an earlier moment than the picture. */
  past: boolean;
  /** The voices are seen on the picture. */
  seen: boolean;
  running: boolean;
}

interface Voice {
  row: HTMLElement;
  button: HTMLButtonElement;
  name: HTMLElement;
  bar: HTMLElement;
  value: HTMLElement;
  unit: number;
}

export class ExplainPanel {
  private readonly title = h("h2", { class: "part-title", text: words.explain.ask });
  private readonly verdict = h("p", { class: "explain-verdict" });
  private readonly hint = h("p", { class: "field-help", text: words.explain.hint });
  private readonly ink = h("div", { class: "push-ink" });
  private readonly paper = h("div", { class: "push-paper" });
  private readonly net = h("div", { class: "push-net" });
  private readonly toPaper = h("span");
  private readonly toInk = h("span");
  private readonly sum = h("p", { class: "push-sum figures" });
  private readonly voices = Array.from({ length: LOUDEST }, () => this.voice());
  private readonly legend = h("p", { class: "field-help", text: words.explain.legend });
  private readonly changed = h("span");
  private readonly why = wordButton(words.explain.why, () => this.acts.why(this.before));
  private readonly there = wordButton(words.explain.there, () => this.acts.seek(this.before));
  private readonly now = wordButton(words.explain.now, () => this.acts.why(null));
  private readonly did = h("div", { class: "explain-did" }, this.changed, this.why, this.now, this.there);
  private readonly found: HTMLElement;
  private readonly element: HTMLElement;
  /** The moment just before the last change. */
  private before = 0;

  constructor(
    private readonly side: Side,
    private readonly acts: PanelActs,
  ) {
    const explain = words.explain;
    const list = h("ol", { class: "voices", attrs: { "aria-label": explain.strongest } });
    list.append(...this.voices.map(({ row }) => row));
    list.addEventListener("pointerleave", () => acts.mark(-1));
    list.addEventListener("focusout", () => acts.mark(-1));
    this.found = h(
      "div",
      { class: "explain-found" },
      this.verdict,
      h("div", { class: "push", attrs: { "aria-hidden": "true" } }, this.paper, this.ink, this.net),
      h("div", { class: "push-ends figures" }, this.toPaper, this.toInk),
      this.did,
      h("div", { class: "explain-part" }, h("h3", { text: explain.strongest }), this.sum),
      list,
      this.legend,
    );
    this.found.hidden = true;
    this.element = h("div", { class: "explain" }, panelHead(this.title, acts.close), this.found, this.hint);
    side.add(this.element);
  }

  turn(open: boolean): void {
    if (open) {
      this.found.hidden = true;
      setText(this.title, words.explain.ask);
      this.keep(null);
    }
    this.side.turn(this.element, open);
  }

  /** Before what covers it. */
  front(): void {
    if (!this.element.hidden) return;
    this.side.turn(this.element, false);
    this.side.turn(this.element, true);
  }

  /** Into sight, where it is below the picture. */
  reveal(): void {
    this.verdict.scrollIntoView({ block: "nearest" });
  }

  /** Whether the cell stays when the mouse goes on; null if there is none. */
  keep(kept: boolean | null): void {
    const explain = words.explain;
    // A finger keeps what it touches.
    this.hint.classList.toggle("for-mouse", kept !== null);
    setText(this.hint, kept === null ? explain.hint : kept ? explain.kept : explain.keep);
  }

  show({ explanation, info, past, seen, running }: Shown): void {
    const explain = words.explain;
    const { unit, time, field, bias, contributions, changed } = explanation;
    const place = (index: number): [number, number] => [index % info.width, Math.floor(index / info.width)];
    this.found.hidden = false;
    setText(this.title, past ? explain.titleThen(...place(unit), time + 1) : explain.title(...place(unit)));
    // A run would not let a reader finish a word.
    attribute(this.verdict, "aria-live", running ? "off" : "polite");
    setText(this.verdict, this.sentence(explanation, info, past));

    const terms = [bias, ...contributions.map(({ value }) => value)];
    const up = terms.reduce((sum, term) => sum + Math.max(0, term), 0);
    const down = terms.reduce((sum, term) => sum + Math.min(0, term), 0);
    const scale = 50 / (Math.max(up, -down) || 1);
    this.ink.style.width = `${up * scale}%`;
    this.paper.style.width = `${-down * scale}%`;
    this.net.style.left = `${50 + Math.max(down, Math.min(up, field)) * scale}%`;
    setText(this.toPaper, explain.toPaper(signed(down)));
    setText(this.toInk, explain.toInk(signed(up)));
    setText(this.sum, explain.sum(figure(bias), signed(field)));

    const loudest = Math.abs(contributions[0]?.value ?? 0) || 1;
    for (const [i, voice] of this.voices.entries()) {
      const term = contributions[i];
      voice.row.hidden = term === undefined;
      if (!term) continue;
      const { value, weight, state } = term;
      voice.unit = term.unit;
      setText(voice.name, explain.place(...place(term.unit)));
      setText(voice.value, signed(value, 3));
      voice.bar.className = value < 0 ? "voice-bar cool" : "voice-bar warm";
      voice.bar.style.width = `${(50 * Math.abs(value)) / loudest}%`;
      voice.button.title = explain.voice(...place(term.unit), figure(weight), state);
    }
    this.legend.hidden = !seen;
    this.showChange(changed, past);
  }

  private showChange(changed: number | null, past: boolean): void {
    const explain = words.explain;
    if (!past) this.before = (changed ?? 1) - 1;
    setText(
      this.changed,
      past ? explain.before(this.before) : changed === null ? explain.never : explain.changed(changed),
    );
    this.why.hidden = past || changed === null;
    this.now.hidden = !past;
    this.there.hidden = !past && changed === null;
  }

  private sentence({ unit, state, next, field }: Explanation, info: SessionInfo, past: boolean): string {
    const { verdict, heat } = words.explain;
    const held = info.clamped.includes(unit);
    const warm = !held && heatOf(info) > 0;
    return [verdict({ state, next, field, held, past }), ...(warm ? [heat] : [])].join(" ");
  }

  private voice(): Voice {
    const name = h("span", { class: "voice-name" });
    const bar = h("span", { class: "voice-bar" });
    const value = h("span", { class: "voice-value figures" });
    const line = h("span", { class: "voice-line", attrs: { "aria-hidden": "true" } }, bar);
    const button = h("button", { class: "voice", attrs: { type: "button" } }, name, line, value);
    const row = h("li", {}, button);
    const voice: Voice = { row, button, name, bar, value, unit: -1 };
    button.addEventListener("pointerenter", () => this.acts.mark(voice.unit));
    button.addEventListener("focus", () => this.acts.mark(voice.unit));
    button.addEventListener("click", () => this.acts.go(voice.unit));
    return voice;
  }
}

/** The temperature that the run feels; 0 if nothing of the kind is set now. */
function heatOf({ description, values }: SessionInfo): number {
  const control = description.controls.find(({ key }) => key === "temperature");
  const set = control?.when.every(({ key, values: allowed }) => allowed.includes(String(values[key])));
  return set ? Number(values.temperature ?? 0) : 0;
}

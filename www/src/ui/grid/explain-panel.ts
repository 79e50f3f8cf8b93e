/** Why a cell does what it does, beside the picture: the sentence, the sum, and the voices, loudest first. */
import { cellsOf } from "../../cells";
import type { Explanation, SessionInfo } from "../../engine/types";
import { figure, signed } from "../../figures";
import * as laterWords from "../../messages/later";
import { memoryToken, type Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
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
  theme: Theme;
  /** It is about an earlier moment than the picture. */
  past: boolean;
  /** The voices are seen on the picture. */
  seen: boolean;
  running: boolean;
}

type Term = Explanation["contributions"][number];

interface Voice {
  row: HTMLElement;
  button: HTMLButtonElement;
  thumb: HTMLCanvasElement;
  name: HTMLElement;
  bar: HTMLElement;
  value: HTMLElement;
  unit: number;
}

export class ExplainPanel {
  private readonly title = h("h2", { class: "part-title", text: laterWords.explain.ask });
  private readonly verdict = h("p", { class: "explain-verdict" });
  private readonly hint = h("p", { class: "field-help", text: laterWords.explain.hint });
  private readonly ink = h("div", { class: "push-ink" });
  private readonly paper = h("div", { class: "push-paper" });
  private readonly net = h("div", { class: "push-net" });
  private readonly toPaper = h("span");
  private readonly toInk = h("span");
  private readonly strongest = h("h3");
  private readonly list = h("ol", { class: "voices" });
  private readonly sum = h("p", { class: "push-sum figures" });
  private readonly voices = Array.from({ length: LOUDEST }, () => this.voice());
  private readonly legend = h("p", { class: "field-help", text: laterWords.explain.legend });
  private readonly changed = h("span");
  private readonly why = wordButton(laterWords.explain.why, () => this.acts.why(this.before));
  private readonly there = wordButton(laterWords.explain.there, () => this.acts.seek(this.before));
  private readonly now = wordButton(laterWords.explain.now, () => this.acts.why(null));
  private readonly did = h("div", { class: "explain-did" }, this.changed, this.why, this.now, this.there);
  private readonly found: HTMLElement;
  private readonly element: HTMLElement;
  /** The moment just before the last change. */
  private before = 0;

  constructor(
    private readonly side: Side,
    private readonly acts: PanelActs,
  ) {
    const { list } = this;
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
      h("div", { class: "explain-part" }, this.strongest, this.sum),
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
      setText(this.title, laterWords.explain.ask);
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
    const explain = laterWords.explain;
    // A finger keeps what it touches.
    this.hint.classList.toggle("for-mouse", kept !== null);
    setText(this.hint, kept === null ? explain.hint : kept ? explain.kept : explain.keep);
  }

  show(shown: Shown): void {
    const { explanation, info, past, seen, running } = shown;
    const explain = laterWords.explain;
    const { unit, time, field, bias, from, contributions, changed } = explanation;
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

    const strongest = from === "memory" ? explain.memories : explain.strongest;
    setText(this.strongest, strongest);
    attribute(this.list, "aria-label", strongest);
    const loudest = Math.abs(contributions[0]?.value ?? 0) || 1;
    for (const [i, voice] of this.voices.entries()) {
      const term = contributions[i];
      voice.row.hidden = term === undefined;
      if (!term) continue;
      const { value } = term;
      this.name(voice, term, shown);
      setText(voice.value, signed(value, 3));
      voice.bar.className = value < 0 ? "voice-bar cool" : "voice-bar warm";
      voice.bar.style.width = `${(50 * Math.abs(value)) / loudest}%`;
    }
    this.legend.hidden = !seen;
    this.showChange(changed, past);
  }

  /** Who speaks: another cell, which can be asked in its turn, or a memory. */
  private name(voice: Voice, { unit, weight, state }: Term, { explanation, info, theme }: Shown): void {
    const explain = laterWords.explain;
    const byMemory = explanation.from === "memory";
    const memory = byMemory ? info.memories[unit] : undefined;
    voice.unit = byMemory ? -1 : unit;
    voice.button.disabled = byMemory;
    voice.thumb.hidden = memory === undefined;
    if (memory) drawThumbnail(voice.thumb, { ...memory, cells: cellsOf(memory) }, theme);
    voice.row.style.setProperty("--own", byMemory ? memoryToken(unit) : "");
    const place = [unit % info.width, Math.floor(unit / info.width)] as const;
    const name = memory?.name ?? `${unit + 1}`;
    setText(voice.name, byMemory ? name : explain.place(...place));
    voice.button.title = byMemory
      ? explain.memory(name, figure(weight), state)
      : explain.voice(...place, figure(weight), state);
  }

  private showChange(changed: number | null, past: boolean): void {
    const explain = laterWords.explain;
    if (!past) this.before = (changed ?? 1) - 1;
    setText(
      this.changed,
      past ? explain.before(this.before) : changed === null ? explain.never : explain.changed(changed),
    );
    this.why.hidden = past || changed === null;
    this.now.hidden = !past;
    this.there.hidden = !past && changed === null;
  }

  private sentence({ unit, state, next, field, from }: Explanation, info: SessionInfo, past: boolean): string {
    const { verdict, heat } = laterWords.explain;
    const held = info.clamped.includes(unit);
    const warm = !held && heatOf(info) > 0;
    const grey = info.description.grey || ![state, next].every(Number.isInteger);
    return [
      verdict({ state, next, field, held, past, grey, memories: from === "memory" }),
      ...(warm ? [heat] : []),
    ].join(" ");
  }

  private voice(): Voice {
    const thumb = h("canvas", { class: "voice-thumb", attrs: { "aria-hidden": "true" } });
    const label = h("span");
    const name = h("span", { class: "voice-name" }, thumb, label);
    const bar = h("span", { class: "voice-bar" });
    const value = h("span", { class: "voice-value figures" });
    const line = h("span", { class: "voice-line", attrs: { "aria-hidden": "true" } }, bar);
    const button = h("button", { class: "voice", attrs: { type: "button" } }, name, line, value);
    const row = h("li", {}, button);
    const voice: Voice = { row, button, thumb, name: label, bar, value, unit: -1 };
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

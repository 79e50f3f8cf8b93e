/** Why a run is said to have ended as it did: what that means, what it rests on, and what to try next. */
import { cellsOf, compare } from "../../cells";
import type { Frame, SessionInfo } from "../../engine/types";
import { signed } from "../../figures";
import * as words from "../../messages";
import { memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { memoryToken } from "../../views/theme";
import { wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";
import type { Notices } from "../kit/notices";
import { panelHead, type Side } from "../kit/side";
import { waysOn } from "./ways";

/** As many memories are compared. */
const NEAREST = 5;
/** Least milliseconds from one look to the next while it runs. */
const OFTEN = 120;

interface Row {
  element: HTMLElement;
  name: HTMLElement;
  bar: HTMLElement;
  value: HTMLElement;
  differ: HTMLElement;
}

export class Verdict {
  private readonly title = h("h2", { class: "part-title", attrs: { tabindex: -1 } });
  private readonly means = h("p");
  private readonly facts = h("ul", { class: "verdict-facts" });
  private readonly heading = h("h3");
  private readonly list = h("ul", { class: "verdict-rows" });
  private readonly buttons = h("div", { class: "button-row" });
  private readonly trying = h("section", {}, h("h3", { text: words.verdict.next }), this.buttons);
  private readonly element = h(
    "div",
    { class: "verdict" },
    panelHead(this.title, () => this.close()),
    this.means,
    this.facts,
    h("section", {}, this.heading, this.list),
    this.trying,
  );
  private readonly rows: Row[] = [];
  private opener: HTMLElement | null = null;
  private key = "";
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly side: Side,
    private readonly session: Session,
    private readonly store: Store,
    private readonly notices: Notices,
  ) {
    side.add(this.element);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  open(opener: HTMLElement): void {
    this.opener = opener;
    this.side.front(this.element);
    this.last = Number.NEGATIVE_INFINITY;
    this.show();
    this.title.focus({ preventScroll: true });
  }

  show(): void {
    const { frame, info } = this.session;
    if (this.element.hidden || !frame || !info) return;
    const running = frame.running || this.session.wanted;
    const now = performance.now();
    if (running && now - this.last < OFTEN) return;
    this.last = now;
    const verdict = words.verdict;
    setText(this.title, running ? verdict.running : verdict.title(verdict.name(frame.outcome)));
    setText(this.means, running ? verdict.runningMeans : verdict.means(frame.outcome));
    this.tell(running ? [] : factsOf(frame, info));
    const strongest = this.compare(frame, info);
    this.trying.hidden = running;
    if (!running) this.offer(frame, info, strongest);
  }

  private close(): void {
    this.side.turn(this.element, false);
    this.opener?.focus();
  }

  private tell(facts: readonly string[]): void {
    this.facts.replaceChildren(...facts.map((text) => h("li", { text })));
    this.facts.hidden = facts.length === 0;
  }

  /** The nearest memories, as bars with numbers; all of them in their order is the answer. */
  private compare(frame: Frame, { description, memories }: SessionInfo): number[] {
    const [bars] = memoryMeasures(description.observables, "bars");
    const values = perMemory(frame, bars, memories.length);
    const likeness = (memory: number) => values[memory] ?? 0;
    const order = [...values.keys()].sort((a, b) => Math.abs(likeness(b)) - Math.abs(likeness(a)));
    const label = bars?.observable.label;
    setText(this.heading, label ? words.verdict.nearest(label, memories.length < 2) : words.verdict.none);
    const shown = order.slice(0, NEAREST);
    while (this.rows.length < shown.length) this.rows.push(row());
    this.list.replaceChildren(...this.rows.slice(0, shown.length).map(({ element }) => element));
    for (const [i, memory] of shown.entries()) {
      const part = this.rows[i];
      const stored = memories[memory];
      if (!part || !stored) continue;
      const value = likeness(memory);
      const { wrong, unknown } = compare(frame.cells, cellsOf(stored));
      setText(part.name, stored.name);
      setText(part.value, signed(value));
      setText(part.differ, words.verdict.differ(wrong + unknown));
      part.element.style.setProperty("--own", memoryToken(memory));
      part.bar.style.setProperty("--likeness", `${Math.min(1, Math.abs(value)) * 100}%`);
      part.bar.classList.toggle("inverse", value < 0);
    }
    return order;
  }

  private offer(frame: Frame, info: SessionInfo, strongest: readonly number[]): void {
    const ways = waysOn(this.session, this.store, this.notices, frame, info, strongest);
    // The same buttons stay, and so does the focus; what they do is of the moment.
    const key = JSON.stringify([ways.map(({ label }) => label), frame.hash, info.memories.length]);
    this.trying.hidden = ways.length === 0;
    if (key === this.key) return;
    this.key = key;
    const held = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(...ways.map(({ label, press }) => wordButton(label, press)));
    if (held) this.buttons.querySelector("button")?.focus();
  }
}

/** What the verdict says beside its name. */
function factsOf({ outcome, settled }: Frame, { memories, width, height }: SessionInfo): string[] {
  const verdict = words.verdict;
  const names = memories.map(({ name }) => name);
  switch (outcome.kind) {
    case "two_cycle":
      return [verdict.period];
    case "not_settled":
      return [
        verdict.unstable(outcome.unstable, width * height),
        ...(outcome.reads ? [verdict.reads(outcome.reads, names)] : []),
        ...(outcome.sampling ? [verdict.endless] : []),
      ];
    case "underway":
      return [verdict.says(outcome.says)];
    case "answer":
      return [verdict.says(outcome.says), ...(settled ? [verdict.settled] : [])];
    case "mixture": {
      const members = outcome.memories.map(({ memory, sign }) => ({ name: memories[memory]?.name ?? "", sign }));
      return [verdict.members(members), verdict.settled];
    }
    default:
      return settled ? [verdict.settled] : [];
  }
}

function row(): Row {
  const name = h("span", { class: "verdict-name" });
  const bar = h("span", { class: "likeness" }, h("span", { class: "likeness-fill" }));
  const value = h("span", { class: "figures" });
  const differ = h("span", { class: "verdict-differ" });
  return { element: h("li", { class: "verdict-row" }, name, bar, value, differ), name, bar, value, differ };
}

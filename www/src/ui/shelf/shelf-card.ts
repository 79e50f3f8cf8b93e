/** One memory on the shelf: its picture, its name, and how like it the grid is. */
import { cellsOf } from "../../cells";
import type { Memory } from "../../engine/types";
import { signed } from "../../figures";
import * as words from "../../messages";
import { memoryToken, type Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
import { iconButton } from "../kit/buttons";
import { attribute, h, setText } from "../kit/dom";
import type { IconName } from "../kit/icons";

export interface CardDeeds {
  pick(index: number): void;
  /** Null where there is nothing more to a memory. */
  more: ((index: number) => void) | null;
  /** Null where memories cannot be forgotten. */
  forget: ((index: number) => void) | null;
}

/** How a run that came to rest speaks of a memory: it is it, its negative, or has a part in a mixture. */
export type Lit = "" | "lit" | "lit-inverse" | "lit-part";

export class Card {
  readonly element: HTMLLIElement;
  readonly pick: HTMLButtonElement;
  private readonly thumb = h("canvas", { class: "thumb", attrs: { "aria-hidden": "true" } });
  private readonly bar = h("span", { class: "likeness" }, h("span", { class: "likeness-fill" }));
  private readonly value = h("span", { class: "likeness-value figures" });
  private readonly label = h("span", { class: "card-name" });
  private readonly tools: { button: HTMLButtonElement; says(name: string): string }[] = [];
  private memory: Memory | null = null;
  /** Whether its picture is not that of its memory, or not in today's colours. */
  private stale = true;
  private index = 0;
  private lit: Lit = "";

  constructor(deeds: CardDeeds) {
    this.pick = h(
      "button",
      { class: "card-pick", attrs: { type: "button", tabindex: -1 }, on: { click: () => deeds.pick(this.index) } },
      this.thumb,
      this.label,
      h("span", { class: "card-likeness" }, this.bar, this.value),
      h("span", { class: "unseen", text: words.shelf.pickSpoken }),
    );
    const { more, forget } = deeds;
    const tool = (icon: IconName, says: (name: string) => string, press: ((index: number) => void) | null) => {
      if (!press) return;
      const button = iconButton(icon, "", () => press(this.index), `quiet small card-${icon}`);
      this.tools.push({ button, says });
    };
    tool("more", words.shelf.more, more);
    tool("close", words.shelf.forget, forget);
    const buttons = this.tools.map(({ button }) => button);
    this.element = h("li", { class: "card" }, this.pick, h("span", { class: "card-tools" }, ...buttons));
  }

  get name(): string {
    return this.memory?.name ?? "";
  }

  /** Shows a memory in a place on the shelf, but for its picture; what is shown already is not done again. */
  hold(memory: Memory, index: number): void {
    const before = this.memory;
    this.memory = memory;
    if (this.index !== index || !before) {
      this.index = index;
      this.element.style.setProperty("--own", memoryToken(index));
    }
    if (before?.name !== memory.name) {
      const { name } = memory;
      setText(this.label, name);
      this.pick.title = words.shelf.pick(name);
      for (const { button, says } of this.tools) {
        button.setAttribute("aria-label", says(name));
        button.title = says(name);
      }
    }
    this.stale ||= before?.bits !== memory.bits || before.grey !== memory.grey || before.width !== memory.width;
  }

  /** There are other colours now. */
  fade(): void {
    this.stale = true;
  }

  /** Draws its picture, if that has to be. */
  draw(theme: Theme): void {
    const { memory } = this;
    if (!memory || !this.stale) return;
    this.stale = false;
    drawThumbnail(this.thumb, { ...memory, cells: cellsOf(memory) }, theme);
  }

  measure(likeness: number): void {
    const text = signed(likeness);
    if (this.value.textContent === text) return;
    setText(this.value, text);
    this.bar.style.setProperty("--likeness", `${Math.min(1, Math.abs(likeness)) * 100}%`);
    this.bar.classList.toggle("inverse", likeness < 0);
  }

  /** True if it is lit as the memory that was recalled, and was not before. */
  light(lit: Lit): boolean {
    if (lit === this.lit) return false;
    if (this.lit) this.element.classList.remove(this.lit);
    if (lit) this.element.classList.add(lit);
    this.lit = lit;
    return lit === "lit";
  }

  /** The Tab key comes to one card of the shelf and to its tools; arrows lead on. */
  reachable(yes: boolean): void {
    for (const part of [this.pick, ...this.tools.map(({ button }) => button)]) part.tabIndex = yes ? 0 : -1;
  }

  mark(current: boolean): void {
    attribute(this.pick, "aria-current", current ? "true" : null);
  }
}

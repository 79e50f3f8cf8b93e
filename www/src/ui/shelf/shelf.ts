/** The memories: what is stored, how like each one the picture is now, and what can be done with it. */
import type { Frame, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import { twinOf } from "../../state/alike";
import { memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import type { Theme } from "../../views/theme";
import { wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";
import { type Shortcut, shortcutFor } from "../kit/keys";
import type { Notices } from "../kit/notices";
import { drawMeter } from "./meter";
import { Card, type CardDeeds, type Lit } from "./shelf-card";
import { ShelfDrag } from "./shelf-drag";
import { StoreWarning } from "./store-warning";

/** What lies beyond the shelf; a page that has none of it shows no way to it. */
export interface ShelfWays {
  /** The sheet of one memory; `rename` goes straight to its name. */
  more(memory: number, rename: boolean): void;
  add(): void;
}

const EARLIER = ["ArrowUp", "ArrowLeft"];
const LATER = ["ArrowDown", "ArrowRight"];

/** More than so many are not all in sight. */
const FEW = 24;

export class Shelf {
  private readonly list = h("ul", { class: "cards" });
  private readonly empty = h("p", { class: "shelf-empty", text: words.shelf.empty });
  private readonly meters = h("div", { class: "meters" });
  private readonly said = h("p", { class: "unseen", attrs: { role: "status" } });
  private readonly keep = wordButton(words.shelf.store, () => void this.storeAsked());
  private readonly blank = wordButton(words.shelf.blank, () => void this.session.act("clear", {}));
  private readonly add = wordButton(words.shelf.add, () => this.ways?.add(), "", "plus");
  private readonly foot = h("div", { class: "shelf-foot" }, this.keep, this.blank, this.add);
  private readonly warning = new StoreWarning(() => void this.storeNow(), this.keep);
  private cards: Card[] = [];
  private reachable = 0;
  private metered = "";
  private hush = () => {};
  /** Cards in sight, from and up to: only these are drawn and follow the run. */
  private sight: [number, number] = [0, Number.POSITIVE_INFINITY];
  private last: Frame | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly notices: Notices,
    private readonly ways: ShelfWays | null,
  ) {
    this.keep.dataset.does = "store";
    this.blank.dataset.does = "blank";
    this.add.dataset.does = "add";
    const heading = h("h2", { class: "unseen", text: words.shelf.heading });
    root.append(heading, this.list, this.empty, this.meters, this.foot, this.warning.element, this.said);
    store.on("cue", () => this.mark());
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", ({ target }) => {
      const at = this.cards.findIndex(({ element }) => target instanceof Node && element.contains(target));
      if (at >= 0) this.reach(at);
    });
    this.list.addEventListener("scroll", () => this.look(), { passive: true });
    new ResizeObserver(() => this.look()).observe(this.list);
    new ShelfDrag(this.list, (from, to) => void this.move(from, to));
  }

  describe(info: SessionInfo): void {
    const { memories } = info;
    const stores = this.session.has("store");
    this.foot.hidden = !stores;
    this.blank.hidden = !this.session.has("clear");
    this.add.hidden = this.ways === null || !this.session.has("add");
    // A machine without memories, and without a way to get some, needs no shelf for them.
    this.root.hidden = !stores && memories.length === 0;
    this.empty.hidden = memories.length > 0;
    this.list.hidden = memories.length === 0;
    this.list.classList.toggle("sortable", this.session.has("move"));
    const before = this.cards.length;
    while (this.cards.length > memories.length) this.cards.pop()?.element.remove();
    const deeds = this.deeds();
    while (this.cards.length < memories.length) {
      const card = new Card(deeds);
      this.cards.push(card);
      this.list.append(card.element);
    }
    this.list.classList.toggle("many", memories.length > FEW);
    for (const [i, memory] of memories.entries()) this.cards[i]?.hold(memory, i);
    if (before !== memories.length) this.warning.close();
    this.reach(Math.min(this.reachable, memories.length - 1));
    this.mark();
    const { meters } = info;
    const metered = JSON.stringify(meters);
    if (metered !== this.metered) {
      const focused = this.meters.contains(document.activeElement);
      this.meters.replaceChildren(...meters.map(drawMeter));
      if (focused) this.meters.querySelector("button")?.focus();
    }
    this.metered = metered;
    this.meters.hidden = this.ways === null || meters.length === 0;
    this.look();
  }

  show(frame: Frame, info: SessionInfo): void {
    // A frame shown again, with another description, is as old as it was.
    if (frame !== this.last) this.warning.saw(frame.hash);
    this.last = frame;
    const { outcome } = frame;
    for (const [i, card] of this.cards.entries()) {
      let lit: Lit = "";
      if (outcome.kind === "recalled" && outcome.memory === i) lit = "lit";
      else if (outcome.kind === "inverse" && outcome.memory === i) lit = "lit-inverse";
      else if (outcome.kind === "mixture" && outcome.memories.some(({ memory }) => memory === i)) lit = "lit-part";
      if (card.light(lit)) this.reveal(card.element);
    }
    this.measure(frame, info);
  }

  /** News of an edit just made, with the way back: for as long as one undo is the way back. */
  tell(text: string): void {
    const undo = { label: words.trouble.undo, press: () => this.session.undo() };
    this.hush = this.notices.tell(text, undo);
  }

  /** Something was edited: an undo would now take that back. */
  acted(): void {
    this.hush();
    this.hush = () => {};
  }

  repaint(): void {
    for (const card of this.cards) card.fade();
    this.draw();
  }

  private draw(): void {
    const theme = this.theme();
    for (const card of this.cards.slice(...this.sight)) card.draw(theme);
  }

  private measure(frame: Frame, info: SessionInfo): void {
    const [bars] = memoryMeasures(info.description.observables, "bars");
    const likeness = perMemory(frame, bars, info.memories.length);
    const [from, to] = this.sight;
    for (let i = from; i < Math.min(to, likeness.length); i++) this.cards[i]?.measure(likeness[i] ?? 0);
  }

  /** Looks which cards are in sight: all have one size. Few follow the run anyhow, and cost no measuring of the page. */
  private look(): void {
    const { list, last, cards } = this;
    const { info } = this.session;
    this.sight = cards.length > FEW ? cardsInSight(list, cards.length) : [0, cards.length];
    this.draw();
    if (last && info) this.measure(last, info);
  }

  /** Scrolls the shelf, and nothing else, to a card. */
  private reveal({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): void {
    const { list } = this;
    list.scrollTo({
      left: Math.max(offsetLeft + offsetWidth - list.clientWidth, Math.min(list.scrollLeft, offsetLeft)),
      top: Math.max(offsetTop + offsetHeight - list.clientHeight, Math.min(list.scrollTop, offsetTop)),
    });
  }

  private mark(): void {
    const cue = this.store.get("cue");
    for (const [i, card] of this.cards.entries()) card.mark(i === cue);
  }

  private reach(index: number): void {
    this.reachable = Math.max(0, index);
    for (const [i, card] of this.cards.entries()) card.reachable(i === this.reachable);
  }

  private deeds(): CardDeeds {
    const { ways } = this;
    return {
      pick: (index) => void this.session.pick(index, true),
      more: ways && ((index) => ways.more(index, false)),
      forget: this.session.has("forget") ? (index) => void this.forget(index) : null,
    };
  }

  private key(event: KeyboardEvent): void {
    if (!this.cards.some(({ pick }) => pick === event.target)) return;
    const shortcut = shortcutFor(this.keys(), event);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.press(event.key);
  }

  /** Keys on the card that has the focus, as far as the machine takes what they do. */
  keys(): Shortcut[] {
    const { memory } = words.keys;
    const at = this.reachable;
    const to = (key: string) => Math.max(0, Math.min(this.cards.length - 1, at + (EARLIER.includes(key) ? -1 : 1)));
    const focus = (index: number) => this.cards[index]?.pick.focus();
    const arrows = [...EARLIER, ...LATER];
    const table: Shortcut[] = [
      { group: "shelf", keys: arrows, what: memory.walk, press: (key) => focus(to(key)) },
      { group: "shelf", keys: ["Home"], what: memory.ends, press: () => focus(0) },
      { group: "shelf", keys: ["End"], what: memory.ends, press: () => focus(this.cards.length - 1) },
    ];
    const { session, ways } = this;
    if (session.has("move")) {
      const press = (key: string) => void this.move(at, to(key), true);
      table.push({ group: "shelf", keys: arrows, alt: true, what: memory.move, press });
    }
    if (ways && session.has("rename")) {
      table.push({ group: "shelf", keys: ["F2"], what: memory.rename, press: () => ways.more(at, true) });
    }
    if (session.has("forget")) {
      const press = () => void this.forget(at, true);
      table.push({ group: "shelf", keys: ["Delete", "Backspace"], what: memory.forget, press });
    }
    return table;
  }

  async move(from: number, to: number, focus = false): Promise<void> {
    if (from === to || !this.session.has("move")) return;
    const name = this.cards[from]?.name ?? "";
    const cue = this.store.get("cue");
    if (!(await this.session.act("move", { memory: from, to }))) return;
    if (cue !== null) this.store.set("cue", moved(cue, from, to));
    if (focus) this.cards[to]?.pick.focus();
    setText(this.said, words.shelf.moved(name, to + 1, this.cards.length));
  }

  async forget(index: number, focus = false): Promise<void> {
    const name = this.cards[index]?.name ?? "";
    if (!(await this.session.act("forget", { memory: index }))) return;
    this.store.set("cue", null);
    if (focus) (this.cards[Math.min(index, this.cards.length - 1)]?.pick ?? this.keep).focus();
    this.tell(words.shelf.forgotten(name));
  }

  /** Stores what the grid shows, unless it is so like a memory that this is worth a word first. */
  private async storeAsked(): Promise<void> {
    const now = await this.session.questions.now();
    const { info } = this.session;
    if (!now || !info) return;
    // A picture with unknown cells is no memory: the machine says so.
    if (info.memories.length > 0 && !now.picture.includes("?")) {
      const likeness = await this.session.questions.likeness(now.picture).catch(() => []);
      const names = info.memories.map(({ name }) => name);
      const twin = twinOf(likeness, names);
      if (twin) {
        this.warning.show(twin, now.hash);
        return;
      }
    }
    await this.storeNow();
  }

  private async storeNow(): Promise<void> {
    const name = words.shelf.newName(this.cards.map((card) => card.name));
    if (!(await this.session.act("store", { name }))) return;
    const total = this.session.info?.memories.length ?? 0;
    this.tell(words.shelf.storedAs(name, total));
    const last = this.cards.at(-1);
    if (last) this.reveal(last.element);
  }
}

function cardsInSight(list: HTMLElement, count: number): [number, number] {
  const across = list.scrollWidth > list.clientWidth;
  const size = (across ? list.scrollWidth : list.scrollHeight) / count;
  const start = across ? list.scrollLeft : list.scrollTop;
  const length = across ? list.clientWidth : list.clientHeight;
  return size > 0 ? [Math.max(0, Math.floor(start / size) - 1), Math.ceil((start + length) / size) + 1] : [0, 0];
}

/** Where place `at` is once `from` was taken out and put in at `to`. */
function moved(at: number, from: number, to: number): number {
  if (at === from) return to;
  const without = at > from ? at - 1 : at;
  return without >= to ? without + 1 : without;
}

/** The memories: what is stored, how like each one the picture is now, and what can be done with it. */
import type { Frame, Memory, SessionInfo } from "../engine/types";
import { signed } from "../figures";
import { words } from "../messages";
import type { Session } from "../state/session";
import type { Store } from "../state/store";
import { memoryToken, type Theme } from "../views/theme";
import { drawThumbnail } from "../views/thumbnail";
import { iconButton, wordButton } from "./buttons";
import { attribute, h, setText } from "./dom";
import type { Notices } from "./notices";

interface Card {
  element: HTMLLIElement;
  pick: HTMLButtonElement;
  thumb: HTMLCanvasElement;
  bar: HTMLElement;
  value: HTMLElement;
  name: string;
}

export class Shelf {
  private readonly list = h("ul", { class: "cards" });
  private readonly foot = h("div", { class: "shelf-foot" });
  private readonly blank = wordButton(words.shelf.blank, () => void this.session.act("clear", {}), "", "blank");
  private cards: Card[] = [];
  private key = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly notices: Notices,
    private readonly more: (memory: number) => void,
  ) {
    const keep = wordButton(words.shelf.store, () => void this.keep(), "", "plus");
    keep.dataset.does = "store";
    this.blank.dataset.does = "blank";
    this.foot.append(keep, this.blank);
    root.append(h("h2", { class: "unseen", text: words.shelf.heading }), this.list, this.foot);
    store.on("cue", () => this.mark());
  }

  describe(info: SessionInfo): void {
    const stores = this.session.has("store");
    this.foot.hidden = !stores;
    this.blank.hidden = !this.session.has("clear");
    // A machine without memories, and without a way to get some, needs no shelf for them.
    this.root.hidden = !stores && info.memories.length === 0;
    const key = JSON.stringify(info.memories);
    if (key === this.key) return;
    this.key = key;
    this.cards = info.memories.map((memory, index) => this.card(memory, index));
    this.list.replaceChildren(...this.cards.map(({ element }) => element));
    this.list.classList.toggle("many", info.memories.length > 8);
    this.repaint();
    this.mark();
  }

  show(frame: Frame, info: SessionInfo): void {
    const memories = info.memories.length;
    const row = info.description.observables
      .filter(({ shape }) => shape === "memory")
      .findIndex(({ view }) => view === "bars");
    if (row < 0) return;
    const { outcome } = frame;
    this.cards.forEach((card, i) => {
      const likeness = frame.perMemory[row * memories + i] ?? 0;
      card.bar.style.setProperty("--likeness", `${Math.min(1, Math.abs(likeness)) * 100}%`);
      card.bar.classList.toggle("inverse", likeness < 0);
      setText(card.value, signed(likeness));
      const exact = outcome.kind === "recalled" && outcome.memory === i;
      const reversed = outcome.kind === "inverse" && outcome.memory === i;
      const part = outcome.kind === "mixture" && outcome.memories.some(({ memory }) => memory === i);
      if (exact && !card.element.classList.contains("lit")) this.reveal(card.element);
      card.element.classList.toggle("lit", exact);
      card.element.classList.toggle("lit-inverse", reversed);
      card.element.classList.toggle("lit-part", part);
    });
  }

  repaint(): void {
    const { info } = this.session;
    if (!info) return;
    this.cards.forEach((card, i) => {
      const memory = info.memories[i];
      if (memory) drawThumbnail(card.thumb, memory, this.theme());
    });
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
    this.cards.forEach(({ pick }, i) => {
      attribute(pick, "aria-current", i === cue ? "true" : null);
    });
  }

  private card({ name }: Memory, index: number): Card {
    const thumb = h("canvas", { class: "thumb", attrs: { "aria-hidden": "true" } });
    const bar = h("span", { class: "likeness" }, h("span", { class: "likeness-fill" }));
    const value = h("span", { class: "likeness-value figures" });
    const pick = h(
      "button",
      {
        class: "card-pick",
        attrs: { type: "button", title: words.shelf.pick(name) },
        on: { click: () => void this.session.pick(index, true) },
      },
      thumb,
      h("span", { class: "card-name", text: name }),
      h("span", { class: "card-likeness" }, bar, value),
      h("span", { class: "unseen", text: words.shelf.pickSpoken }),
    );
    pick.addEventListener("keydown", (event) => {
      if (event.key === "Delete" || event.key === "Backspace") void this.forget(index);
    });
    const element = h(
      "li",
      { class: "card" },
      pick,
      h(
        "span",
        { class: "card-tools" },
        iconButton("more", words.shelf.more(name), () => this.more(index), "quiet small"),
        this.session.has("forget")
          ? iconButton("close", words.shelf.forget(name), () => void this.forget(index), "quiet small")
          : null,
      ),
    );
    element.style.setProperty("--own", memoryToken(index));
    return { element, pick, thumb, bar, value, name };
  }

  private async forget(index: number): Promise<void> {
    const name = this.cards[index]?.name ?? "";
    if (!(await this.session.act("forget", { memory: index }))) return;
    this.store.set("cue", null);
    this.notices.tell(words.shelf.forgotten(name), { label: words.trouble.undo, press: () => this.session.undo() });
  }

  private async keep(): Promise<void> {
    const taken = this.cards.map(({ name }) => name);
    const name = words.shelf.newName(taken);
    if (!(await this.session.act("store", { name }))) return;
    const total = this.session.info?.memories.length ?? 0;
    this.notices.tell(words.shelf.storedAs(name, total), {
      label: words.trouble.undo,
      press: () => this.session.undo(),
    });
    this.list.lastElementChild?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

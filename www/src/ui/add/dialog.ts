/** The dialog for more memories: three ways to them, what they look like, what they are too like, and one press to add. */
import { apart } from "../../images/names";
import * as laterWords from "../../messages/later";
import { settled } from "../../state/latest";
import { wordButton } from "../kit/buttons";
import { type Dialog, openDialog } from "../kit/dialog";
import { freshId, h, setText } from "../kit/dom";
import type { Candidate, Way } from "./candidate";
import { compose } from "./compose";
import type { AddHost } from "./host";
import { Images } from "./images";
import { judge } from "./judge";
import { Letters } from "./letters";
import { Random } from "./random";
import { Tiles } from "./tiles";

export type WayName = "letters" | "images" | "random";

/** Milliseconds after which candidates are compared: not while they still come in. */
const RESTS = 120;

let open: AddDialog | null = null;

/** Opens the dialog, or goes on with the one that is open. */
export function openAdd(host: AddHost, way: WayName, files: readonly File[] = []): void {
  // A dialog hears that it was closed a moment after it was.
  if (!open?.isOpen) open = new AddDialog(host);
  open.go(way);
  if (files.length > 0) open.take(files);
}

class AddDialog {
  private readonly ways: Record<WayName, Way>;
  private readonly images: Images;
  private readonly radios = new Map<WayName, HTMLInputElement>();
  private readonly tiles: Tiles;
  private readonly will = h("p", { class: "add-will", attrs: { role: "status" } });
  private readonly alike = h("p");
  private readonly leave: HTMLButtonElement;
  private readonly press: HTMLButtonElement;
  private readonly dialog: Dialog;
  private way: WayName = "letters";
  private judging = new AbortController();
  private readonly judgeSoon = settled(RESTS, (signal: AbortSignal) => void this.judge(signal));
  private readonly known = new Map<string, Promise<number[]>>();

  constructor(private readonly host: AddHost) {
    const { add } = laterWords;
    const changed = () => this.look();
    this.images = new Images(host, changed);
    this.ways = { letters: new Letters(host, changed), images: this.images, random: new Random(host, changed) };
    this.tiles = new Tiles(host.theme, () => this.tell());
    this.leave = wordButton(add.leaveAlike, () => this.leaveAlike(), "small inverse");
    this.press = wordButton("", () => void this.send(), "main");
    this.press.dataset.does = "add-memories";
    this.dialog = openDialog(
      add.title,
      "add",
      this.choice(),
      ...Object.values(this.ways).map(({ element }) => element),
      this.tiles.element,
      h(
        "div",
        { class: "add-foot" },
        h("div", { class: "add-said" }, this.will, h("div", { class: "add-alike" }, this.alike, this.leave)),
        h(
          "div",
          { class: "button-row" },
          wordButton(add.cancel, () => this.dialog.close()),
          this.press,
        ),
      ),
    );
    this.dialog.element.addEventListener("close", () => {
      this.judging.abort();
      for (const way of Object.values(this.ways)) way.stop();
      if (open === this) open = null;
    });
  }

  get isOpen(): boolean {
    return this.dialog.element.open;
  }

  go(way: WayName): void {
    this.way = way;
    for (const [name, { element }] of Object.entries(this.ways)) element.hidden = name !== way;
    const radio = this.radios.get(way);
    if (radio) radio.checked = true;
    this.ways[way].enter();
    this.look();
  }

  take(files: readonly File[]): void {
    this.images.take(files);
  }

  private choice(): HTMLElement {
    const { add } = laterWords;
    const name = freshId();
    const labels = (["letters", "images", "random"] as const).map((way) => {
      const radio = h("input", { attrs: { type: "radio", name, value: way }, on: { change: () => this.go(way) } });
      this.radios.set(way, radio);
      return h("label", {}, radio, h("span", { text: add.ways[way] }));
    });
    return h("div", { class: "segments", attrs: { role: "radiogroup", "aria-label": add.waysLabel } }, ...labels);
  }

  /** Shows what the way has now, and once that rests what it is too like. */
  private look(): void {
    this.show();
    this.judging.abort();
    this.judging = new AbortController();
    this.judgeSoon(this.judging.signal);
  }

  private show(): void {
    const { candidates } = this.ways[this.way];
    this.tiles.show(candidates, ...this.ways[this.way].size());
    this.tell();
  }

  private async judge(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const memories = this.joins() ? (this.host.session.info?.memories ?? []) : [];
    const done = await judge(this.ways[this.way].candidates, memories, (bits) => this.likeness(bits), signal);
    if (done) this.show();
  }

  /** What the engine says of a picture, asked once: the memories stay as they are while the dialog is open. */
  private likeness(bits: string): Promise<number[]> {
    const known = this.known.get(bits) ?? this.host.session.questions.likeness(bits).catch(() => []);
    this.known.set(bits, known);
    return known;
  }

  /** Whether the candidates fit the network that is open. */
  private joins(): boolean {
    const [width, height] = this.ways[this.way].size();
    const [columns, rows] = this.host.grid();
    return width === columns && height === rows;
  }

  private chosen(): Candidate[] {
    return this.ways[this.way].candidates.filter(({ keep }) => keep);
  }

  private tell(): void {
    const { add } = laterWords;
    const chosen = this.chosen();
    const joins = this.joins();
    const total = chosen.length + (this.host.session.info?.memories.length ?? 0);
    const said = chosen.length === 0 ? add.none : joins ? add.will(chosen.length, total) : add.anew(chosen.length);
    setText(this.will, said);
    const alike = chosen.filter(({ twin }) => twin !== null).length;
    setText(this.alike, alike > 0 ? add.alike(alike) : "");
    this.leave.hidden = alike === 0;
    const label = this.press.querySelector("span");
    if (label) setText(label, joins ? add.press(chosen.length) : add.pressOpen(chosen.length));
    this.press.disabled = chosen.length === 0;
  }

  private leaveAlike(): void {
    for (const candidate of this.chosen()) {
      if (!candidate.twin) continue;
      candidate.keep = false;
      candidate.said = true;
    }
    this.show();
    this.press.focus();
  }

  private async send(): Promise<void> {
    const chosen = this.chosen();
    const { session, notices } = this.host;
    const pictures = chosen.map(({ bits }) => bits);
    const bare = chosen.map(({ name }) => name);
    this.press.disabled = true;
    if (this.joins()) {
      const names = apart(bare, session.info?.memories.map(({ name }) => name) ?? []);
      const done = await session.act("add", { names, pictures });
      if (!done) return this.tell();
      this.dialog.close();
      const total = session.info?.memories.length ?? 0;
      this.host.added(laterWords.add.added(chosen.length, total));
      return;
    }
    const [width, height] = this.ways[this.way].size();
    try {
      const spec = compose(await this.host.spec(), { width, height, names: apart(bare, []), pictures });
      await this.host.open(spec);
      this.dialog.close();
    } catch (error) {
      this.tell();
      if (error instanceof Error && error.message) notices.warn(error.message);
    }
  }
}

/** Memories from files with pictures: chosen, dropped or pasted; read one by one, and made into cells as the options say. */
import { Decoder, ImageFault } from "../../images/decode";
import type { Grey } from "../../images/grey";
import { nameOf } from "../../images/names";
import { pixelate } from "../../images/pixelate";
import * as laterWords from "../../messages/later";
import { inSlices, turn } from "../../state/slices";
import { wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";
import { type Candidate, candidate, type Way } from "./candidate";
import type { AddHost } from "./host";
import { ImageOptions } from "./image-options";

/** So many pictures at a time: what is kept of each takes 64 kB. */
const MOST = 300;

/** So many files left out are listed at once, more when asked. */
const FEW = 3;

interface Entry {
  grey: Grey;
  candidate: Candidate;
}

export class Images implements Way {
  readonly element: HTMLElement;
  private readonly entries: Entry[] = [];
  private readonly options: ImageOptions;
  private readonly progress = h("progress");
  private readonly count = h("p", { attrs: { role: "status" } });
  private readonly reading: HTMLElement;
  private readonly refused = h("ul");
  private readonly left = h("summary");
  private readonly refusals = h("details", { class: "refusals", attrs: { hidden: true, open: true } });
  private readonly warning = h("p", { class: "field-error", attrs: { role: "status" } });
  private readonly gone = new AbortController();
  private making = new AbortController();
  private readonly decoder = new Decoder(
    () => new Worker(new URL(ENGRAM_DECODER, import.meta.url), { type: "module" }),
  );
  private queue: File[] = [];
  private done = 0;
  private busy = false;

  constructor(
    host: AddHost,
    private readonly changed: () => void,
  ) {
    const { add } = laterWords;
    this.options = new ImageOptions(host.grid(), () => void this.makeAll());
    const input = h("input", {
      class: "unseen",
      attrs: { type: "file", accept: "image/*,.svg", multiple: true, tabindex: -1, "aria-hidden": "true" },
      on: {
        change: () => {
          this.take([...(input.files ?? [])]);
          input.value = "";
        },
      },
    });
    const choose = wordButton(add.choose, () => input.click(), "", "image");
    choose.dataset.does = "choose-images";
    this.reading = h(
      "div",
      { class: "reading", attrs: { hidden: true } },
      this.progress,
      this.count,
      wordButton(add.stop, () => this.cease()),
    );
    this.refusals.append(this.left, this.refused);
    this.element = h(
      "div",
      { class: "way" },
      h("div", { class: "drop-zone" }, choose, input, h("p", { class: "field-help", text: add.dropHere })),
      this.reading,
      this.warning,
      this.options.element,
      this.refusals,
    );
    this.options.element.hidden = true;
  }

  get candidates(): readonly Candidate[] {
    return this.entries.map((entry) => entry.candidate);
  }

  size(): [number, number] {
    return this.options.size;
  }

  enter(): void {
    this.element.querySelector("button")?.focus();
  }

  stop(): void {
    this.cease();
    this.gone.abort();
    this.making.abort();
    this.decoder.stop();
  }

  take(files: readonly File[]): void {
    const room = MOST - this.entries.length - this.queue.length;
    const more = files.length - room;
    setText(this.warning, more > 0 ? laterWords.add.tooMany(MOST, more) : "");
    this.queue.push(...files.slice(0, Math.max(0, room)));
    if (!this.busy) void this.read();
  }

  private cease(): void {
    this.queue = [];
  }

  private async read(): Promise<void> {
    this.busy = true;
    this.done = 0;
    for (let file = this.queue.shift(); file; file = this.queue.shift()) {
      this.tell();
      await this.readOne(file);
      this.done += 1;
      await turn();
      if (this.gone.signal.aborted) return;
    }
    this.busy = false;
    this.tell();
    this.changed();
  }

  private async readOne(file: File): Promise<void> {
    const { add } = laterWords;
    try {
      const { grey, moving } = await this.decoder.decode(file);
      const own = candidate(nameOf(file.name) || add.noName);
      const entry: Entry = { grey, candidate: own };
      own.inverted = false;
      own.note = moving ? add.moving : "";
      own.turnOver = () => {
        own.inverted = !own.inverted;
        this.make(entry);
        this.changed();
      };
      this.make(entry);
      this.entries.push(entry);
      this.options.element.hidden = false;
      this.element.classList.add("filled");
      this.changed();
    } catch (error) {
      if (!(error instanceof ImageFault)) throw error;
      this.refused.append(h("li", {}, h("strong", { text: file.name || add.noName }), `: ${add.fault(error.fault)}.`));
      setText(this.left, add.leftOut(this.refused.children.length));
      this.refusals.hidden = false;
      // A few are read at a glance; a long list would hide the pictures.
      if (this.refused.children.length > FEW) this.refusals.open = false;
    }
  }

  private tell(): void {
    const all = this.done + this.queue.length + (this.busy ? 1 : 0);
    this.reading.hidden = !this.busy || all < 2;
    this.progress.max = all;
    this.progress.value = this.done;
    setText(this.count, laterWords.add.reading(this.done, all));
  }

  private make({ grey, candidate }: Entry): void {
    const { recipe } = this.options;
    const [width, height] = this.options.size;
    candidate.bits = pixelate(grey, width, height, { ...recipe, invert: recipe.invert !== candidate.inverted });
  }

  private async makeAll(): Promise<void> {
    this.making.abort();
    this.making = new AbortController();
    const done = await inSlices([...this.entries], (entry) => this.make(entry), this.making.signal);
    if (done) this.changed();
  }
}

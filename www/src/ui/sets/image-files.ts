/** Pictures of the usual kinds, many at once: each becomes one to learn from, called by its folder or its file if wished. */
import { Decoder, ImageFault } from "../../images/decode";
import { cellGreys, PAPER, wholeFrame } from "../../images/frame";
import type { Grey } from "../../images/grey";
import { nameOf } from "../../images/names";
import * as laterWords from "../../messages/later";
import { turn } from "../../state/slices";
import { wordButton } from "../kit/buttons";
import { freshId, h, setText } from "../kit/dom";
import { chooser, type Raw, type Source } from "./source";
import { table } from "./table";

/** So many at a time: what is kept of each takes up to 64 kB. */
const MOST = 2000;
/** Cells across and down that may be had, and those that are if nothing is said. */
const SIDES = [8, 12, 16, 20, 24, 28, 32, 48, 64];
const SIDE = 28;

type Naming = "none" | "folders" | "files";

interface Image {
  grey: Grey;
  folder: string;
  /** Its file's name up to the first figure: of cat-12.png, "cat". */
  stem: string;
}

export class ImageFiles implements Source {
  readonly element: HTMLElement;
  private readonly images: Image[] = [];
  private side = SIDE;
  private inverted = false;
  private naming: Naming = "none";
  private readonly progress = h("progress");
  private readonly count = h("p", { attrs: { role: "status" } });
  private readonly reading: HTMLElement;
  private readonly warning = h("p", { class: "field-error", attrs: { role: "status" } });
  private readonly refused = h("ul");
  private readonly left = h("summary");
  private readonly refusals = h("details", { class: "refusals", attrs: { hidden: true } });
  private readonly options: HTMLElement;
  private readonly namings: HTMLSelectElement;
  private readonly decoder = new Decoder(
    () => new Worker(new URL(ENGRAM_DECODER, import.meta.url), { type: "module" }),
  );
  private queue: File[] = [];
  private done = 0;
  private busy = false;
  private gone = false;

  constructor(private readonly changed: () => void) {
    const { sets, add } = laterWords;
    const input = chooser({ accept: "image/*,.svg", multiple: true, "data-does": "set-images" }, (files) =>
      this.take(files),
    );
    const folder = chooser({ webkitdirectory: true }, (files) => this.take(files));
    this.reading = h(
      "div",
      { class: "reading", attrs: { hidden: true } },
      this.progress,
      this.count,
      wordButton(add.stop, () => {
        this.queue = [];
      }),
    );
    this.refusals.append(this.left, this.refused);
    const sizes = select(
      SIDES.map((side) => [String(side), sets.cells(side)]),
      String(SIDE),
      (value) => {
        this.side = Number(value);
      },
      changed,
    );
    this.namings = select(
      Object.entries(sets.namings),
      this.naming,
      (value) => {
        this.naming = value as Naming;
      },
      changed,
    );
    const invert = h("input", {
      attrs: { type: "checkbox" },
      on: {
        change: () => {
          this.inverted = invert.checked;
          changed();
        },
      },
    });
    this.options = h(
      "div",
      { class: "set-more", attrs: { hidden: true } },
      h("label", { class: "set-side" }, sets.size, sizes),
      h("label", { class: "set-side" }, sets.names, this.namings),
      h("label", { class: "set-side", attrs: { title: sets.invertHelp } }, invert, sets.invert),
    );
    this.element = h(
      "div",
      { class: "way" },
      h(
        "div",
        { class: "drop-zone" },
        wordButton(sets.chooseImages, () => input.click(), "", "image"),
        wordButton(sets.chooseFolder, () => folder.click()),
        input,
        folder,
        h("p", { class: "field-help", text: sets.imagesHelp }),
      ),
      this.reading,
      this.warning,
      this.options,
      this.refusals,
    );
  }

  raw(): Raw | null {
    const { images, side, busy } = this;
    if (images.length === 0 || busy) return null;
    const rows = images.map((image) => ({ cells: this.levels(image.grey), name: this.nameOf(image) }));
    return { file: table(rows), labels: null, size: { width: side, height: side } };
  }

  take(files: readonly File[]): void {
    const { sets } = laterWords;
    const room = MOST - this.images.length - this.queue.length;
    const more = files.length - room;
    setText(this.warning, more > 0 ? sets.tooMany(MOST, more) : "");
    this.queue.push(...files.slice(0, Math.max(0, room)));
    if (!this.busy) void this.read();
  }

  stop(): void {
    this.gone = true;
    this.queue = [];
    this.decoder.stop();
  }

  /** Levels of ink, 0 to 255. */
  private levels(grey: Grey): number[] {
    const { side, inverted } = this;
    const { greys, cover } = cellGreys(grey, wholeFrame(grey, side, side), side, side);
    // What lies beside the picture is paper either way.
    return Array.from(greys, (white, i) =>
      Math.round(inverted ? white - PAPER * (1 - (cover[i] ?? 0)) : PAPER - white),
    );
  }

  private nameOf({ folder, stem }: Image): string | null {
    return { none: null, folders: folder || null, files: stem || null }[this.naming];
  }

  private async read(): Promise<void> {
    this.busy = true;
    this.done = 0;
    for (let file = this.queue.shift(); file; file = this.queue.shift()) {
      this.tell();
      await this.readOne(file);
      this.done += 1;
      await turn();
      if (this.gone) return;
    }
    this.busy = false;
    this.tell();
    this.options.hidden = this.images.length === 0;
    this.suggest();
    this.changed();
  }

  private async readOne(file: File): Promise<void> {
    const { add } = laterWords;
    try {
      const { grey } = await this.decoder.decode(file);
      const folder = file.webkitRelativePath.split("/").at(-2) ?? "";
      const stem = /^[^\d_.-]*/.exec(nameOf(file.name))?.[0].trim() ?? "";
      this.images.push({ grey, folder, stem });
    } catch (error) {
      if (!(error instanceof ImageFault)) throw error;
      this.refused.append(h("li", { text: `${file.name}: ${add.fault(error.fault)}` }));
      setText(this.left, add.leftOut(this.refused.childElementCount));
      this.refusals.hidden = false;
    }
  }

  /** Several folders are most likely several kinds of pictures. */
  private suggest(): void {
    if (this.naming !== "none" || new Set(this.images.map(({ folder }) => folder)).size < 2) return;
    this.naming = "folders";
    this.namings.value = this.naming;
  }

  private tell(): void {
    const all = this.done + this.queue.length + (this.busy ? 1 : 0);
    this.reading.hidden = !this.busy;
    this.progress.max = all;
    this.progress.value = this.done;
    setText(this.count, this.busy ? laterWords.add.reading(this.done, all) : "");
  }
}

/** A choice among a few words. */
export function select(
  options: readonly (readonly [value: string, label: string])[],
  now: string,
  set: (value: string) => void,
  changed: () => void,
): HTMLSelectElement {
  const box = h(
    "select",
    { attrs: { id: freshId() } },
    ...options.map(([value, text]) => h("option", { text, attrs: { value } })),
  );
  box.value = now;
  box.addEventListener("change", () => {
    set(box.value);
    changed();
  });
  return box;
}

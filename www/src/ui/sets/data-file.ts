/** Pictures from a table, IDX or NPY, with their labels if those stand in a file of their own. */
import type { OwnSet } from "../../engine/types";
import * as laterWords from "../../messages/later";
import { wordButton } from "../kit/buttons";
import { freshId, h, setText } from "../kit/dom";
import { chooser, type Raw, type Source } from "./source";

/** What is offered first; other files can be chosen all the same. */
const ENDINGS = ".csv,.tsv,.txt,.npy,.idx,.bin,application/octet-stream,text/csv";

interface Chosen {
  name: string;
  bytes: Uint8Array;
}

export class DataFile implements Source {
  readonly element: HTMLElement;
  private file: Chosen | null = null;
  private labels: Chosen | null = null;
  private readonly said = h("p", { class: "set-file", attrs: { role: "status" } });
  private readonly error = h("p", { class: "field-error", attrs: { role: "status" } });
  private readonly width = side();
  private readonly height = side();
  private readonly more: HTMLElement;

  constructor(private readonly changed: () => void) {
    const { sets } = laterWords;
    const input = chooser({ accept: ENDINGS, "data-does": "set-file" }, (files) => this.take(files));
    const labels = chooser({ "data-does": "set-labels" }, ([file]) => file && void this.read(file, "labels"));
    const choose = wordButton(sets.choose, () => input.click(), "", "plus");
    const sides = [this.width, this.height].map((box, i) => {
      box.addEventListener("change", changed);
      return h("label", { class: "set-side" }, i === 0 ? sets.width : sets.height, box);
    });
    const name = wordButton(sets.labels, () => labels.click(), "small");
    name.title = sets.labelsHelp;
    this.more = h("div", { class: "set-more", attrs: { hidden: true, title: sets.sizeHelp } }, ...sides, name, labels);
    this.element = h(
      "div",
      { class: "way" },
      h("div", { class: "drop-zone" }, choose, input, h("p", { class: "field-help", text: sets.chooseHelp })),
      this.said,
      this.error,
      this.more,
    );
  }

  raw(): Raw | null {
    if (!this.file) return null;
    const [width, height] = [this.width, this.height].map((box) => Number.parseInt(box.value, 10));
    const size = width && height && width > 0 && height > 0 ? { width, height } : null;
    return { file: this.file.bytes, labels: this.labels?.bytes ?? null, size };
  }

  /** The size that was found; of a set that was made before there is nothing to be asked. */
  found({ width, height, span }: OwnSet): void {
    this.width.placeholder = String(width);
    this.height.placeholder = String(height);
    this.more.hidden = span === undefined;
  }

  /** One file is the pictures; of two, the one that is called so is their labels. */
  take(files: readonly File[]): void {
    const labels = files.length > 1 ? files.find(({ name }) => /label|target/i.test(name)) : undefined;
    const pictures = files.find((file) => file !== labels);
    this.labels = null;
    if (labels) void this.read(labels, "labels");
    if (pictures) void this.read(pictures, "file");
  }

  private async read(file: File, what: "file" | "labels"): Promise<void> {
    const { sets } = laterWords;
    setText(this.error, "");
    try {
      this[what] = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    } catch {
      setText(this.error, sets.unreadable(file.name));
      return;
    }
    this.more.hidden = false;
    setText(this.said, sets.chosen(this.file?.name ?? "", this.labels?.name ?? null));
    this.changed();
  }
}

function side(): HTMLInputElement {
  return h("input", {
    class: "number",
    attrs: { id: freshId(), type: "text", inputmode: "numeric", autocomplete: "off" },
  });
}

/** The dialog for pictures to learn from: three ways to them, what was found in them, and one press to begin. */
import type { Engine } from "../../engine/client";
import type { OwnSet, SessionInfo, Value } from "../../engine/types";
import { keepFile } from "../../files";
import * as laterWords from "../../messages/later";
import { settled } from "../../state/latest";
import type { Session } from "../../state/session";
import type { Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
import { field } from "../controls/field";
import { wordButton } from "../kit/buttons";
import { type Dialog, openDialog } from "../kit/dialog";
import { freshId, h, setText } from "../kit/dom";
import { saveFile } from "../kit/files";
import type { Notices } from "../kit/notices";
import type { Opener } from "../work/opener";
import { isData } from "../work/take";
import { compose } from "./compose";
import { DataFile } from "./data-file";
import { ImageFiles, select } from "./image-files";
import { ShelfPictures } from "./shelf-pictures";
import { SHARE, type Source } from "./source";

/** Milliseconds after which what is chosen is read: not while a slider moves. */
const RESTS = 200;
/** The most that can be kept back. */
const MOST_SHARE = 0.5;
/** Key of the setting that says what becomes of grey, where there is one. */
const GREY = "binarise";

type Way = "file" | "images" | "shelf";

/** What the dialog needs of the page. */
export interface SetsHost {
  engine: Engine;
  session: Session;
  opener: Opener;
  notices: Notices;
  theme(): Theme;
}

let open: SetsDialog | null = null;

/** Opens the dialog, or goes on with the one that is open; says so if the machine learns from no such files. */
export function openSets(host: SetsHost, files: readonly File[]): void {
  const { info } = host.session;
  if (!info?.description.learns) {
    host.notices.warn(laterWords.sets.noLearner);
    return;
  }
  if (!open?.isOpen) open = new SetsDialog(host, info);
  if (files.length > 0) open.take(files);
}

class SetsDialog {
  private readonly sources: Record<Way, Source>;
  private readonly radios = new Map<Way, HTMLInputElement>();
  private readonly found = h("p", { class: "set-found", attrs: { role: "status" } });
  private readonly error = h("p", { class: "field-error", attrs: { role: "alert" } });
  private readonly tiles = h("ul", { class: "set-tiles", attrs: { "aria-label": laterWords.sets.first } });
  private readonly settings: HTMLElement;
  private readonly greyField: HTMLElement | null = null;
  private readonly save: HTMLButtonElement;
  private readonly press: HTMLButtonElement;
  private readonly dialog: Dialog;
  private readonly readSoon = settled(RESTS, () => void this.read());
  private way: Way;
  private share = SHARE;
  private grey: Record<string, string> = {};
  private made: OwnSet | null = null;
  /** How often it was read: an answer that others followed is not shown. */
  private reads = 0;

  constructor(
    private readonly host: SetsHost,
    private readonly info: SessionInfo,
  ) {
    const { sets } = laterWords;
    const changed = () => this.look();
    this.sources = {
      file: new DataFile(changed),
      images: new ImageFiles(changed),
      shelf: new ShelfPictures(info),
    };
    this.way = "file";
    const share = field(
      {
        key: "share",
        label: sets.share,
        symbol: "",
        unit: "",
        help: sets.shareHelp,
        group: "",
        when: [],
        kind: { type: "number", min: 0, max: MOST_SHARE, step: 0.01, scale: "linear", default: SHARE, percent: true },
      },
      (value: Value) => {
        this.share = Number(value);
        this.look();
      },
      "compact",
    );
    this.greyField = this.greys();
    this.settings = h("div", { class: "set-settings", attrs: { hidden: true } }, share.element, this.greyField);
    this.save = wordButton(sets.save, () => this.saveSet(), "quiet", "export");
    this.save.title = sets.saveHelp;
    this.press = wordButton(sets.learn, () => void this.send(), "main");
    this.press.dataset.does = "learn-from-set";
    this.dialog = openDialog(
      sets.title,
      "add sets",
      this.choice(),
      ...Object.values(this.sources).map(({ element }) => element),
      this.settings,
      this.error,
      this.found,
      this.tiles,
      h(
        "div",
        { class: "add-foot" },
        h("div", { class: "add-said" }, this.save),
        h(
          "div",
          { class: "button-row" },
          wordButton(sets.cancel, () => this.dialog.close()),
          this.press,
        ),
      ),
    );
    this.dialog.element.addEventListener("close", () => {
      this.reads += 1;
      for (const source of Object.values(this.sources)) source.stop?.();
      if (open === this) open = null;
    });
    this.go("file");
  }

  get isOpen(): boolean {
    return this.dialog.element.open;
  }

  /** Files that were dropped: data files are one, others are pictures. */
  take(files: readonly File[]): void {
    const data = files.filter(isData);
    this.go(data.length > 0 ? "file" : "images");
    this.sources[this.way].take?.(data.length > 0 ? data : files);
  }

  private choice(): HTMLElement {
    const { sets } = laterWords;
    const name = freshId();
    const labels = (["file", "images", "shelf"] as const).map((way) => {
      const radio = h("input", { attrs: { type: "radio", name, value: way }, on: { change: () => this.go(way) } });
      this.radios.set(way, radio);
      return h("label", {}, radio, h("span", { text: sets.ways[way] }));
    });
    return h("div", { class: "segments", attrs: { role: "radiogroup", "aria-label": sets.waysLabel } }, ...labels);
  }

  /** What becomes of grey, if the machine asks that. */
  private greys(): HTMLElement | null {
    const { sets } = laterWords;
    const control = this.info.description.controls.find(({ key }) => key === GREY);
    if (control?.kind.type !== "choice") return null;
    const options = control.kind.options.map(({ value, label }) => [value, label] as const);
    const now = String(this.info.values[GREY] ?? control.kind.default);
    const set = (value: string) => {
      this.grey = { [GREY]: value };
    };
    return h(
      "label",
      { class: "set-side" },
      sets.grey,
      select(options, now, set, () => undefined),
    );
  }

  private go(way: Way): void {
    this.way = way;
    for (const [name, { element }] of Object.entries(this.sources)) element.hidden = name !== way;
    const radio = this.radios.get(way);
    if (radio) radio.checked = true;
    this.look();
  }

  /** Something is another: it is read once that rests. */
  private look(): void {
    this.reads += 1;
    this.made = null;
    this.press.disabled = true;
    this.save.disabled = true;
    setText(this.error, "");
    const raw = this.sources[this.way].raw();
    this.settings.hidden = raw === null;
    setText(this.found, raw ? laterWords.sets.reading : laterWords.sets.nothing);
    if (raw) this.readSoon(undefined);
    else this.tiles.replaceChildren();
  }

  private async read(): Promise<void> {
    const raw = this.sources[this.way].raw();
    if (!raw) return;
    this.reads += 1;
    const mine = this.reads;
    try {
      const made = await this.host.engine.request("readSet", { ...raw, share: this.share });
      if (mine === this.reads) this.show(made);
    } catch (error) {
      if (mine !== this.reads) return;
      setText(this.error, error instanceof Error ? error.message : "");
      setText(this.found, "");
      this.tiles.replaceChildren();
    }
  }

  private show(made: OwnSet): void {
    const { sets } = laterWords;
    const { width, height, seen, unseen, span, classes } = made;
    this.made = made;
    this.sources[this.way].found?.(made);
    this.press.disabled = false;
    this.save.disabled = false;
    if (this.greyField) this.greyField.hidden = made.binary;
    const about = sets.found(seen + unseen, width, height, span, classes.length);
    setText(this.found, `${about}. ${sets.parts(seen, unseen)}`);
    const units = width * height;
    const pictures = Array.from({ length: made.first.length / units }, (_, i) => {
      const levels = made.first.subarray(i * units, (i + 1) * units);
      const canvas = h("canvas", { class: "tile-picture", attrs: { "aria-hidden": "true" } });
      drawThumbnail(
        canvas,
        { width, height, cells: Float32Array.from(levels, (x) => x / 127.5 - 1) },
        this.host.theme(),
      );
      const name = classes[made.firstClasses[i] ?? -1] ?? null;
      const told = sets.picture(i + 1, name);
      return h("li", { attrs: { title: told, "aria-label": told } }, canvas, h("span", { text: name ?? "" }));
    });
    this.tiles.classList.toggle("named", classes.length > 0);
    this.tiles.replaceChildren(...pictures);
  }

  private saveSet(): void {
    const { made } = this;
    if (made) saveFile(new Blob([made.bytes as BlobPart]), "application/octet-stream", `${made.name}.bin`);
  }

  private async send(): Promise<void> {
    const { made, host } = this;
    if (!made) return;
    this.press.disabled = true;
    try {
      await host.engine.request("bring", { bytes: made.bytes });
      const kept = await keepFile(made.name, made.bytes);
      const { spec } = await host.engine.request("share", {});
      await host.opener.openMade(compose(spec, made, made.binary ? {} : this.grey));
      this.dialog.close();
      if (kept !== "kept") host.notices.warn(laterWords.sets.unkept);
    } catch (error) {
      this.press.disabled = false;
      setText(this.error, error instanceof Error ? error.message : "");
    }
  }
}

/** The experiment to take away: any of its pictures, its numbers, its spec, and the command that runs it again. */
import type { SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import * as laterWords from "../../messages/later";
import * as later from "../../messages/later";
import { seriesOf } from "../../state/series";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { drawOn, type Picture } from "../../views/export/frame";
import { readTheme, type Theme } from "../../views/theme";
import { wordButton } from "../kit/buttons";
import { copyButton } from "../kit/copy-button";
import { openDialog } from "../kit/dialog";
import { attribute, freshId, h, setText } from "../kit/dom";
import { fileName, saveFile } from "../kit/files";
import { segments } from "../kit/segments";
import { viewsOf } from "./export-pictures";
import { learnedRows, type Weights } from "./learned";

const SCALES = [1, 2, 4] as const;
/** Room for the preview, in CSS pixels. */
const PREVIEW = 264;
const ANSWERED = 2500;

type Format = "png" | "svg";

export interface Taken {
  spec: string;
  /** What a terminal is told to run it again, if the file is called so. */
  command(file: string): string;
  /** Whether that is the run that was seen. */
  exact: boolean;
}

export function openExport(
  session: Session,
  store: Store,
  dark: boolean,
  taken: Taken,
  weights: Weights,
  closed: () => void,
): void {
  const { info } = session;
  if (!info) return;
  const dialog = openDialog(
    laterWords.export.title,
    "export",
    h("h3", { text: laterWords.export.picture }),
    new PictureChoice(session, store, dark, info.title).element,
    h("h3", { text: laterWords.export.data }),
    ...dataRows(session, info, taken),
    ...(info.description.learns
      ? [h("h3", { text: later.learned.title }), ...learnedRows(info.title, weights, () => dialog.element.close())]
      : []),
  );
  dialog.element.addEventListener("close", closed);
}

class PictureChoice {
  readonly element: HTMLElement;
  private format: Format = "png";
  private scale: number = 2;
  private transparent = false;
  private theme: Theme;
  private picture: Picture | null = null;
  private turn = 0;
  private readonly views;
  private readonly select = h("select", { attrs: { id: freshId() } });
  private readonly canvas = h("canvas", { attrs: { role: "img" } });
  private readonly trouble = h("p", { class: "field-help", attrs: { role: "status" } });
  private readonly measure = h("p", { class: "field-help figures" });
  private readonly size;
  private readonly buttons;

  constructor(
    session: Session,
    store: Store,
    dark: boolean,
    private readonly title: string,
  ) {
    const says = laterWords.export;
    this.theme = readTheme(dark ? "dark" : "light");
    this.views = viewsOf(session, store);
    this.select.append(...this.views.map(({ key, label }) => h("option", { text: label, attrs: { value: key } })));
    this.select.addEventListener("change", () => void this.choose());
    this.size = segments(
      says.size,
      SCALES.map((scale) => [String(scale), says.times(scale)]),
      String(this.scale),
      (scale) => {
        this.scale = Number(scale);
        this.draw();
      },
    );
    const format = segments(
      says.format,
      [
        ["png", says.formats.png],
        ["svg", says.formats.svg],
      ],
      this.format,
      (chosen) => {
        this.format = chosen === "svg" ? "svg" : "png";
        this.draw();
      },
    );
    const colours = segments(
      says.colours,
      [
        ["light", says.light],
        ["dark", says.dark],
      ],
      dark ? "dark" : "light",
      (chosen) => {
        this.theme = readTheme(chosen === "dark" ? "dark" : "light");
        this.draw();
      },
    );
    const clear = h("input", {
      attrs: { type: "checkbox", "data-does": "transparent" },
      on: {
        change: () => {
          this.transparent = clear.checked;
          this.draw();
        },
      },
    });
    const save = wordButton(says.save, () => void this.save(), "main");
    save.dataset.does = "save-picture";
    const copy = wordButton(says.copy, () => void this.copy(copy));
    copy.dataset.does = "copy-picture";
    // Where pictures cannot be copied there is no button that fails.
    copy.hidden = typeof ClipboardItem === "undefined" || !navigator.clipboard?.write;
    this.buttons = [save, copy];
    this.element = h(
      "div",
      { class: "export-picture" },
      h("div", { class: "export-preview" }, this.canvas),
      h(
        "div",
        { class: "export-choices" },
        h(
          "div",
          {},
          h("label", { class: "field-name", text: says.view, attrs: { for: this.select.id } }),
          this.select,
          this.trouble,
        ),
        h("div", { class: "export-pair" }, format, this.size),
        this.measure,
        colours,
        h("label", { class: "toggle" }, clear, h("span", { text: says.transparent })),
        h("div", { class: "button-row" }, save, copy),
      ),
    );
    void this.choose();
  }

  private get view() {
    return this.views.find(({ key }) => key === this.select.value) ?? this.views[0];
  }

  private async choose(): Promise<void> {
    this.turn += 1;
    const { turn, view } = this;
    // Until it is made there is only the one before it, which nobody means to save under its name.
    this.able(false);
    const made = (await view?.make()) ?? "";
    if (turn !== this.turn) return;
    this.picture = typeof made === "string" ? null : made;
    setText(this.trouble, typeof made === "string" ? made : "");
    this.able(this.picture !== null);
    this.draw();
  }

  private able(on: boolean): void {
    for (const button of this.buttons) button.disabled = !on;
  }

  /** The preview, by the same strokes as the file. */
  private draw(): void {
    const { picture, canvas } = this;
    const says = laterWords.export;
    this.size.toggleAttribute("data-empty", this.format === "svg");
    canvas.hidden = picture === null;
    if (!picture) return;
    const { width, height } = picture;
    const fit = Math.min(1, PREVIEW / width, PREVIEW / height);
    canvas.style.width = `${width * fit}px`;
    canvas.classList.toggle("clear", this.transparent);
    attribute(canvas, "aria-label", says.preview(this.view?.label ?? ""));
    this.paint(canvas, fit * Math.min(devicePixelRatio || 1, 3));
    const size = says.pixels(Math.ceil(width * this.scale), Math.ceil(height * this.scale));
    setText(this.measure, this.format === "png" ? size : says.sharp);
  }

  /** Draws it anew at so many pixels a CSS pixel: larger is sharper, not coarser. */
  private paint(canvas: HTMLCanvasElement, ratio: number): boolean {
    const { picture } = this;
    const context = canvas.getContext("2d");
    if (!picture || !context) return false;
    const { width, height } = picture;
    canvas.width = Math.ceil(width * ratio);
    canvas.height = Math.ceil(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawOn({ context, width, height, ratio }, picture, this.theme, this.transparent);
    return true;
  }

  private async png(): Promise<Blob> {
    const canvas = h("canvas");
    const drawn = this.paint(canvas, this.scale);
    const blob = drawn ? await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png")) : null;
    if (!blob) throw new Error(laterWords.export.tooLarge);
    return blob;
  }

  private async save(): Promise<void> {
    const { picture, view, title, theme, transparent } = this;
    if (!picture || !view) return;
    try {
      if (this.format === "png") {
        saveFile(await this.png(), "image/png", fileName(title, view.label, "png"));
      } else {
        const { svgOf } = await import("../../views/export/svg");
        const name = [title, view.label].filter(Boolean).join(": ");
        const text = svgOf(picture.width, picture.height, name, (place) => drawOn(place, picture, theme, transparent));
        saveFile(text, "image/svg+xml", fileName(title, view.label, "svg"));
      }
      setText(this.trouble, "");
    } catch (error) {
      // The larger of the two is fetched, and may not come.
      setText(this.trouble, this.format === "svg" ? words.trouble.later : error instanceof Error ? error.message : "");
    }
  }

  private async copy(button: HTMLButtonElement): Promise<void> {
    const label = button.querySelector("span");
    try {
      // Some browsers want the promise, within the press of the button.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": this.png() })]);
      setText(this.trouble, "");
      if (!label) return;
      setText(label, laterWords.export.copied);
      setTimeout(() => setText(label, laterWords.export.copy), ANSWERED);
    } catch {
      setText(this.trouble, laterWords.export.copyFailed);
    }
  }
}

function dataRows(session: Session, info: SessionInfo, { spec, command, exact }: Taken): HTMLElement[] {
  const says = laterWords.export;
  const { frame } = session;
  const rows: HTMLElement[] = [];
  const row = (name: string, help: string, does: string, save: () => void) => {
    const button = wordButton(says.saveFile, save);
    button.dataset.does = does;
    button.setAttribute("aria-label", `${says.saveFile}: ${name}`);
    rows.push(
      h(
        "div",
        { class: "export-row" },
        h("div", {}, h("p", { text: name }), h("p", { class: "field-help", text: help })),
        button,
      ),
    );
  };
  if (frame && frame.traceColumns > 1) {
    const perSweep = frame.sweep > 0 ? frame.time / frame.sweep : session.perSweep();
    const series = seriesOf(info, frame, perSweep);
    row(says.series, says.seriesHelp(series.rows, series.columns, series.every), "save-series", () =>
      saveFile(series.text, "text/csv", fileName(info.title, "", "csv")),
    );
  }
  const file = fileName(info.title, "", "json");
  row(says.spec, says.specHelp, "save-spec", () => saveFile(spec, "application/json", file));
  const line = h("input", { class: "link", attrs: { type: "text", readonly: true, id: freshId() } });
  line.value = command(file);
  rows.push(
    h(
      "div",
      {},
      h("label", { class: "field-name", text: says.command, attrs: { for: line.id } }),
      h("div", { class: "link-row" }, line, copyButton(line, "copy-command")),
      h("p", { class: "field-help", text: exact ? says.commandHelp : says.commandChanged }),
    ),
  );
  return rows;
}

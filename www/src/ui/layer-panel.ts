/** A picture of the machine that does not fit over the grid: it stands beside it, with every number in reach. */
import type { Layer, LayerInfo } from "../engine/types";
import { capital, sentence } from "../figures";
import { words } from "../messages";
import { drawLegend } from "../views/legend";
import { drawRaster, placeRaster } from "../views/raster";
import type { Theme } from "../views/theme";
import { cellByKey } from "./cell-keys";
import { attribute, freshId, h, setText } from "./dom";
import { panelHead, type Side } from "./side";

export class LayerPanel {
  private readonly title = h("h2", { class: "part-title" });
  private readonly canvas = h("canvas", { class: "layer-canvas" });
  private readonly legend = h("canvas", { class: "legend", attrs: { role: "img" } });
  private readonly reading = h("p", { class: "layer-reading", attrs: { "aria-live": "polite" } });
  private readonly help = h("p", { class: "unseen", attrs: { id: freshId() } });
  private readonly trouble = h("p", { class: "layer-trouble", attrs: { role: "status" } });
  private readonly element: HTMLElement;
  private shown: { info: LayerInfo; layer: Layer; scale: number } | null = null;
  private cursor = -1;

  constructor(
    private readonly side: Side,
    private readonly theme: () => Theme,
    close: () => void,
  ) {
    this.element = h(
      "div",
      { class: "layer-panel" },
      panelHead(this.title, close),
      this.trouble,
      this.canvas,
      this.legend,
      this.reading,
      this.help,
    );
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "application"],
      ["aria-roledescription", words.layers.role],
      ["aria-describedby", this.help.id],
    ] as const) {
      attribute(this.canvas, name, value);
    }
    side.add(this.element);
    this.canvas.addEventListener("pointerdown", (event) => this.point(event));
    this.canvas.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.point(event));
    this.canvas.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.move(-1));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  show(info: LayerInfo, layer: Layer, scale: number): void {
    this.shown = { info, layer, scale };
    if (this.cursor >= layer.values.length) this.cursor = -1;
    attribute(this.canvas, "aria-label", words.layers.label(info.label, layer.width, layer.height));
    this.name(info, null);
  }

  /** The machine's sentence on why there is nothing to see. */
  refuse(info: LayerInfo, why: string): void {
    this.shown = null;
    this.name(info, why);
  }

  close(): void {
    this.side.turn(this.element, false);
  }

  /** Into sight, where the column of measures is below the picture. */
  reveal(): void {
    this.element.scrollIntoView({ block: "nearest" });
  }

  draw(): void {
    if (!this.shown || this.element.hidden) return;
    const { info, layer, scale } = this.shown;
    const { palette } = info;
    drawRaster(this.canvas, { ...layer, palette, scale, cursor: this.cursor }, this.theme());
    const format = (value: number) => words.layers.value(value, palette);
    drawLegend(this.legend, { palette, scale, squares: false, format }, this.theme());
    attribute(this.legend, "aria-label", words.layers.legend(palette, false, scale));
    this.read();
  }

  private name({ label, help }: LayerInfo, trouble: string | null): void {
    setText(this.title, capital(label));
    setText(this.help, sentence(help));
    setText(this.trouble, trouble ?? "");
    this.trouble.hidden = trouble === null;
    for (const part of [this.canvas, this.legend, this.reading]) part.hidden = trouble !== null;
    this.side.turn(this.element, true);
    this.draw();
  }

  private point(event: PointerEvent): void {
    if (!this.shown) return;
    const { width, height } = this.shown.layer;
    const box = this.canvas.getBoundingClientRect();
    const { cell, left, top } = placeRaster(box.width, box.height, width, height, devicePixelRatio || 1);
    const x = Math.floor((event.clientX - box.left - left) / cell);
    const y = Math.floor((event.clientY - box.top - top) / cell);
    this.move(x >= 0 && y >= 0 && x < width && y < height ? y * width + x : -1);
  }

  private key(event: KeyboardEvent): void {
    if (!this.shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const { width, height } = this.shown.layer;
    const target = cellByKey(event.key, Math.max(0, this.cursor), width, height);
    if (target === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(this.cursor < 0 ? 0 : target);
  }

  private move(cursor: number): void {
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.draw();
  }

  private read(): void {
    const { shown, cursor } = this;
    if (!shown) return;
    const { layer, info } = shown;
    const value = words.layers.value(layer.values[cursor] ?? Number.NaN, info.palette);
    const [x, y] = [cursor % layer.width, Math.floor(cursor / layer.width)];
    setText(this.reading, cursor < 0 ? sentence(info.help) : words.layers.reading(x, y, value));
    this.reading.classList.toggle("figures", cursor >= 0);
  }
}

/** A picture of the machine that does not fit over the grid: it stands beside it, with every number in reach. */
import type { Layer, LayerInfo } from "../../engine/types";
import { capital, sentence } from "../../figures";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import { drawLegend, legendFree } from "../../views/legend";
import { ROOM_FOR_CROSS } from "../../views/mark";
import { drawRaster, placeRaster } from "../../views/raster";
import type { Theme } from "../../views/theme";
import { cellByKey } from "../kit/cell-keys";
import { attribute, freshId, h, setText } from "../kit/dom";
import { panelHead, type Side } from "../kit/side";
import { Spread } from "./spread";

export class LayerPanel {
  private readonly title = h("h2", { class: "part-title" });
  private readonly canvas = h("canvas", { class: "layer-canvas" });
  private readonly legend = h("canvas", { class: "legend", attrs: { role: "img" } });
  private readonly reading = h("p", { class: "layer-reading", attrs: { "aria-live": "polite" } });
  private readonly help = h("p", { class: "unseen", attrs: { id: freshId() } });
  private readonly trouble = h("p", { class: "layer-trouble", attrs: { role: "status" } });
  private readonly element: HTMLElement;
  private readonly other = h("p");
  private readonly spread: Spread;
  private info: LayerInfo | null = null;
  private shown: { layer: Layer; scale: number; cut: boolean } | null = null;
  private cursor = -1;

  constructor(
    private readonly side: Side,
    session: Session,
    private readonly theme: () => Theme,
    close: () => void,
  ) {
    this.spread = new Spread(session, theme, () => this.draw());
    this.element = h(
      "div",
      { class: "layer-panel" },
      panelHead(this.title, close),
      this.trouble,
      this.other,
      this.canvas,
      this.spread.element,
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

  /** `version` is another one whenever the numbers were made anew. */
  show(info: LayerInfo, layer: Layer, scale: number, index: number, version: number): void {
    this.shown = { layer, scale, cut: layer.values.some(Number.isNaN) };
    if (this.cursor >= layer.values.length) this.cursor = -1;
    attribute(this.canvas, "aria-label", words.layers.label(info.label, layer.width, layer.height));
    this.name(info, null);
    this.spread.ask(info, index, version);
  }

  /** The machine's sentence on why there is nothing to see, and what can be seen instead. */
  refuse(info: LayerInfo, why: string, index: number, version: number, other: HTMLElement | null): void {
    this.shown = null;
    this.name(info, why);
    // Not put there anew at every moment of a run: a press takes longer than a frame.
    if (this.other.firstElementChild !== other) this.other.replaceChildren(...(other ? [other] : []));
    this.spread.ask(info, index, version);
  }

  close(): void {
    this.side.turn(this.element, false);
  }

  /** Into sight, where the column of measures is below the picture. */
  reveal(): void {
    this.element.scrollIntoView({ block: "nearest" });
  }

  draw(): void {
    const { info, shown } = this;
    if (!info || this.element.hidden) return;
    const { palette } = info;
    const scale = this.spread.scale(shown?.scale ?? 0) || 1;
    const none = shown?.cut ? words.layers.none : null;
    this.spread.draw(palette, scale, legendFree(none));
    const format = (value: number) => words.layers.value(value, palette);
    let crosses = false;
    if (shown) {
      const { layer } = shown;
      const { clientWidth, clientHeight } = this.canvas;
      const { cell } = placeRaster(clientWidth, clientHeight, layer.width, layer.height, devicePixelRatio || 1);
      crosses = cell >= ROOM_FOR_CROSS;
      drawRaster(this.canvas, { ...layer, palette, scale, cursor: this.cursor }, this.theme());
    }
    this.read(info, shown?.layer ?? null);
    // Without a sheet it is the axis of what is spread above it.
    this.legend.hidden = shown === null && this.spread.element.hidden;
    drawLegend(this.legend, { palette, scale, squares: false, none, crosses, format }, this.theme());
    const cut = none === null ? null : crosses ? "cross" : "grey";
    attribute(this.legend, "aria-label", words.layers.legend(palette, false, scale, cut));
  }

  private name(info: LayerInfo, trouble: string | null): void {
    const { label, help } = info;
    this.info = info;
    setText(this.title, capital(label));
    setText(this.help, sentence(help));
    setText(this.trouble, sentence(capital(trouble ?? "")));
    this.trouble.hidden = trouble === null;
    this.other.hidden = trouble === null;
    this.canvas.hidden = trouble !== null;
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

  /** One line for all that is read: a cell, a bin, or how the numbers are spread. */
  private read(info: LayerInfo, layer: Layer | null): void {
    const { cursor } = this;
    const cell = layer?.values[cursor];
    const text =
      layer === null || cell === undefined
        ? this.spread.reading(info.palette)
        : words.layers.reading(
            cursor % layer.width,
            Math.floor(cursor / layer.width),
            words.layers.value(cell, info.palette),
          );
    setText(this.reading, text);
    this.reading.classList.toggle("figures", cell !== undefined);
  }
}

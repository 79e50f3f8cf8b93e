/** How the numbers of a picture of the machine's are spread: asked for when they may have changed, and not too often. */
import type { Histogram, LayerInfo, Palette } from "../../engine/types";
import * as words from "../../messages";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import { type Bins, binAt, drawHistogram } from "../../views/histogram";
import { roundScale } from "../../views/palette";
import type { Theme } from "../../views/theme";
import { attribute, h } from "../kit/dom";

const BINS = 31;
/** During a run, milliseconds from one look to the next; more where a look takes long. */
const OFTEN = 1000;

interface Wish {
  layer: LayerInfo;
  index: number;
  /** What the numbers were learned from: with another, they are others. */
  version: number;
}

export class Spread {
  private readonly canvas = h("canvas", { class: "spread-canvas", attrs: { role: "img" } });
  private readonly table = h("table");
  readonly element = h("div", { class: "spread" }, this.canvas, h("div", { class: "unseen" }, this.table));
  private found: Histogram | null = null;
  private bins: Bins | null = null;
  private asked = "";
  private again = 0;
  private cursor = -1;

  private readonly fetch = latest(async ({ layer, index }: Wish) => {
    const begun = performance.now();
    const found = await this.session.questions.histogram(layer.key, index, BINS);
    this.found = found === null || typeof found === "string" ? null : found;
    const now = performance.now();
    this.again = now + Math.max(OFTEN, 4 * (now - begun));
    this.describe(layer);
    this.changed();
  });

  constructor(
    private readonly session: Session,
    private readonly theme: () => Theme,
    private readonly changed: () => void,
  ) {
    this.canvas.addEventListener("pointermove", ({ offsetX }) => {
      this.move(this.bins ? binAt(offsetX, this.bins, this.canvas.clientWidth) : -1);
    });
    this.canvas.addEventListener("pointerleave", () => this.move(-1));
  }

  /** Numbers of this kind are shown now. */
  ask(layer: LayerInfo, index: number, version: number): void {
    const key = `${layer.key} ${index} ${version}`;
    if (key === this.asked && performance.now() < this.again) return;
    if (!this.asked.startsWith(`${layer.key} ${index} `)) this.forget();
    this.asked = key;
    this.again = Number.POSITIVE_INFINITY;
    this.fetch({ layer, index, version });
  }

  forget(): void {
    this.found = null;
    this.asked = "";
    this.cursor = -1;
  }

  /** A scale on which there is room for all that is spread. */
  scale(atLeast: number): number {
    return this.found ? roundScale(Float32Array.of(this.found.low, this.found.high), atLeast) : atLeast;
  }

  draw(palette: Palette, scale: number, free: number): void {
    const { found, cursor } = this;
    this.element.hidden = found === null;
    if (!found) return;
    this.bins = { ...found, palette, scale, free, cursor, format: words.layers.count };
    drawHistogram(this.canvas, this.bins, this.theme());
  }

  /** What is read of it: a bin, or all in one sentence. */
  reading(palette: Palette): string {
    const { found, cursor } = this;
    if (!found) return "";
    const layers = words.layers;
    const count = found.counts[cursor];
    return count === undefined ? layers.spread(found) : layers.bin(this.range(found, cursor, palette), count);
  }

  private range({ low, high, counts }: Histogram, bin: number, palette: Palette): string {
    const edge = (at: number) => words.layers.value(low + ((high - low) * at) / counts.length, palette);
    return words.layers.range(edge(bin), edge(bin + 1));
  }

  private move(cursor: number): void {
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.changed();
  }

  private describe({ label, palette }: LayerInfo): void {
    const { found } = this;
    if (!found) return;
    const layers = words.layers;
    const { counts, before } = found;
    attribute(this.canvas, "aria-label", `${layers.spreadOf(label)}: ${layers.spread(found)}`);
    const row = (bin: number, count: number) => {
      const range = this.range(found, bin, palette);
      const was = before ? [h("td", { text: layers.count(before[bin] ?? 0) })] : [];
      return h(
        "tr",
        {},
        h("th", { text: range, attrs: { scope: "row" } }),
        h("td", { text: layers.count(count) }),
        ...was,
      );
    };
    const heads = [layers.numbers, layers.howMany, ...(before ? [layers.before] : [])];
    this.table.replaceChildren(
      h("caption", { text: layers.spreadOf(label) }),
      h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { text, attrs: { scope: "col" } })))),
      h("tbody", {}, ...counts.map((count, bin) => row(bin, count))),
    );
  }
}

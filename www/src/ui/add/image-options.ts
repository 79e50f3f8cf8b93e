/** How pictures become cells: size, threshold, dots, centre, invert. */
import type { Control, Value } from "../../engine/types";
import type { Recipe } from "../../images/pixelate";
import * as laterWords from "../../messages/later";
import { field } from "../controls/field";
import { freshId, h, setText } from "../kit/dom";

/** Edges of square grids that may be had instead of the one that is open. */
const EDGES = [8, 12, 16, 24, 32, 48, 64];

export class ImageOptions {
  readonly element: HTMLElement;
  readonly recipe: Recipe = { threshold: null, dither: false, centre: false, invert: false };
  size: [width: number, height: number];
  private share = 0.5;
  private readonly other = h("p", { class: "field-help size-note", attrs: { role: "status" } });

  constructor(
    now: [width: number, height: number],
    private readonly changed: () => void,
  ) {
    const { add } = laterWords;
    this.size = now;
    const own = this.toggle("own-threshold", add.ownThreshold, add.ownThresholdHelp, true, (on) => {
      this.recipe.threshold = on ? null : this.share * 255;
    });
    const box = own.querySelector("input");
    const threshold = field(
      {
        ...plain("threshold", add.threshold, add.thresholdHelp),
        kind: { type: "number", min: 0, max: 1, step: 0.01, scale: "linear", default: this.share, percent: true },
      },
      (value) => {
        this.share = Number(value);
        this.recipe.threshold = this.share * 255;
        // Who sets it does not want it found.
        if (box) box.checked = false;
        changed();
      },
      "compact",
    );
    this.element = h(
      "fieldset",
      { class: "image-options" },
      h("legend", { class: "unseen", text: add.options }),
      this.sizes(now),
      threshold.element,
      h(
        "div",
        { class: "image-toggles" },
        own,
        this.toggle("centre", add.centre, add.centreHelp, false, (on) => {
          this.recipe.centre = on;
        }),
        this.toggle("dither", add.dither, add.ditherHelp, false, (on) => {
          this.recipe.dither = on;
        }),
        this.toggle("invert", add.invert, add.invertHelp, false, (on) => {
          this.recipe.invert = on;
        }),
      ),
      this.other,
    );
  }

  private toggle(key: string, label: string, help: string, on: boolean, set: (on: boolean) => void): HTMLElement {
    const change = (value: Value) => {
      set(value === true);
      this.changed();
    };
    const part = field({ ...plain(key, label, help), kind: { type: "toggle", default: on } }, change, "compact");
    return part.element;
  }

  private sizes(now: [number, number]): HTMLElement {
    const { add } = laterWords;
    const id = freshId();
    const sizes = [now, ...EDGES.map((edge): [number, number] => [edge, edge])].filter(
      ([width, height], i) => i === 0 || width !== now[0] || height !== now[1],
    );
    const box = h(
      "select",
      { attrs: { id, title: add.sizeHelp } },
      ...sizes.map(([width, height], i) =>
        h("option", { text: (i === 0 ? add.sizeNow : add.sizeOther)(width, height), attrs: { value: i } }),
      ),
    );
    box.addEventListener("change", () => {
      this.size = sizes[Number(box.value)] ?? now;
      setText(this.other, this.size === now ? "" : add.other(...this.size, ...now));
      this.changed();
    });
    return h(
      "div",
      { class: "field compact", attrs: { "data-key": "size" } },
      h("label", { class: "field-name", text: add.size, attrs: { for: id } }),
      box,
    );
  }
}

function plain(key: string, label: string, help: string): Omit<Control, "kind"> {
  return { key, label, symbol: "", unit: "", help, group: "", when: [] };
}

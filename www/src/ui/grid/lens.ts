/**
 * Which of its own pictures the machine shows: the picker below the grid, what the colours mean, and the numbers
 * themselves, asked for again with every frame, but never before the last answer is drawn.
 */
import type { Frame, Layer, LayerInfo, SessionInfo } from "../../engine/types";
import { capital, sentence } from "../../figures";
import * as words from "../../messages";
import { latest } from "../../state/latest";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { hasMarks, type Overlay } from "../../views/cell-grid";
import { drawLegend } from "../../views/legend";
import { ROOM_FOR_CROSS } from "../../views/mark";
import { roundScale } from "../../views/palette";
import type { Theme } from "../../views/theme";
import { wordButton } from "../kit/buttons";
import { attribute, h, setText } from "../kit/dom";
import { icon } from "../kit/icons";
import { foldedNote } from "../notes/note";
import type { LayerPanel } from "./layer-panel";
import type { Stage } from "./stage";

/** What machines call the layer that the picture itself shows. */
export const PICTURE = "state";

/** Milliseconds of a frame. */
const FRAME = 16;

interface Wish {
  layer: LayerInfo;
  index: number;
}

export class Lens {
  private readonly select = h("select", { class: "pick-select" });
  private readonly pick = h(
    "label",
    { class: "pick" },
    icon("layers"),
    h("span", { class: "pick-word", text: words.layers.show }),
    this.select,
  );
  private readonly memory = h("select", { class: "lens-memory", attrs: { "aria-label": words.layers.memory } });
  private readonly legend = h("canvas", { class: "legend", attrs: { role: "img" } });
  /** Where the picker is no wider than its icon, what is chosen is named here. */
  private readonly name = h("p", { class: "lens-name" });
  private readonly note = h("p", { class: "lens-note" });
  private readonly says = h("div", { class: "lens-words" }, this.name, this.note);
  private readonly about = foldedNote("page", {
    label: words.layers.shown,
    parts: () => {
      const layer = this.chosen();
      return layer ? [{ path: `layers.${layer.key}`, title: capital(layer.label) }] : [];
    },
  });
  private readonly strip = h(
    "div",
    { class: "lens" },
    this.memory,
    this.legend,
    this.says,
    this.about.button,
    this.about.panel,
  );
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  /** Descriptions so far: with another one, the same state may give other numbers. */
  private descriptions = 0;
  private asked = "";
  private choice = "";
  private shown: (Wish & { numbers: Layer }) | null = null;
  private trouble: string | null = null;
  private scale = 0;
  private scaleKey = "";
  private optionsKey = "";
  private pointed = -1;
  private panel: LayerPanel | null = null;
  private way: { key: string; label: string; button: HTMLElement } | null = null;
  /** The visitor has just chosen it, and is to see it. */
  private sought = false;

  private readonly fetch = latest(async (wish: Wish) => {
    // What waited its turn while the page went out of sight is asked for when it is back.
    if (document.hidden) {
      this.asked = "";
      return;
    }
    const begun = performance.now();
    const found = await this.session.questions.layer(wish.layer.key, wish.index);
    if (!wish.layer.overlay) this.panel ??= await this.load();
    if (this.wants(wish)) this.receive(wish, found);
    // What takes longer than a frame gets half of the time at most: the run goes on beside it.
    const took = performance.now() - begun;
    if (took > FRAME) await new Promise((resolve) => setTimeout(resolve, took));
  });

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly stage: Stage,
    /** What stands beside the picture is fetched when it is first asked for. */
    private readonly load: () => Promise<LayerPanel | null>,
  ) {
    root.append(this.pick, this.strip);
    this.select.addEventListener("change", () => {
      this.sought = true;
      store.set("layer", this.select.value);
    });
    this.memory.addEventListener("change", () => store.set("memory", Number(this.memory.value)));
    for (const key of ["layer", "memory", "unit"] as const) store.on(key, () => this.refresh());
    new ResizeObserver(() => this.draw()).observe(this.legend);
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.descriptions += 1;
    this.options();
    this.refresh();
    // Greys have a legend though nothing is asked for.
    this.draw();
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.refresh();
  }

  /** The unit looked at, or −1; says what its number is. */
  point(unit: number): string {
    this.pointed = unit;
    this.explain();
    const { shown } = this;
    const value = shown?.layer.overlay ? shown.numbers.values[unit] : undefined;
    if (!shown || value === undefined) return "";
    return `${shown.layer.label} ${words.layers.value(value, shown.layer.palette)}`;
  }

  draw(): void {
    const overlay = this.overlay();
    const about = this.shown?.layer.index === "unit" ? this.shown.index : -1;
    this.stage.lay("layer", overlay, about);
    const grey = this.info?.description.grey && this.chosen()?.key === PICTURE;
    const map = overlay ?? (grey ? ({ palette: "grey", scale: 1 } as const) : null);
    this.legend.hidden = map === null;
    if (map) {
      const { palette, scale } = map;
      const squares = overlay !== null && hasMarks(overlay, this.stage.cell);
      const format = (value: number) => words.layers.value(value, palette);
      const none = overlay?.values.some(Number.isNaN) ? words.layers.none : null;
      const crosses = this.stage.cell >= ROOM_FOR_CROSS;
      this.legend.classList.toggle("short", palette === "spins" || palette === "grey");
      this.legend.classList.toggle("long", none !== null);
      drawLegend(this.legend, { palette, scale, squares, none, crosses, format }, this.theme());
      const cut = none === null ? null : crosses ? "cross" : "grey";
      attribute(this.legend, "aria-label", words.layers.legend(palette, squares, scale, cut));
    }
    this.panel?.draw();
    this.explain();
  }

  /** The layers that this machine can give now. */
  private offered(): LayerInfo[] {
    if (!this.info) return [];
    const { description, memories, hide } = this.info;
    return description.layers.filter(
      ({ key, index }) => !hide.includes(key) && (index !== "memory" || memories.length > 0),
    );
  }

  private chosen(): LayerInfo | null {
    const layers = this.offered();
    const wanted = this.store.get("layer");
    const first = layers.find(({ overlay, index }) => overlay && index === "none");
    return layers.find(({ key }) => key === wanted) ?? first ?? null;
  }

  private indexOf({ index }: LayerInfo): number {
    const { width, height, memories } = this.info ?? { width: 1, height: 1, memories: [] };
    const within = (number: number | null, count: number) => (number !== null && number < count ? number : null);
    switch (index) {
      case "none":
        return 0;
      case "memory":
        return within(this.store.get("memory") ?? this.session.cue?.memory ?? null, memories.length) ?? 0;
      case "unit":
        return within(this.store.get("unit"), width * height) ?? Math.floor(height / 2) * width + Math.floor(width / 2);
    }
  }

  private wants({ layer, index }: Wish): boolean {
    return this.chosen()?.key === layer.key && this.indexOf(layer) === index;
  }

  private refresh(): void {
    const { frame } = this;
    const layer = this.chosen();
    if (!layer || !frame) return;
    const index = this.indexOf(layer);
    this.select.value = layer.key;
    setText(this.name, capital(layer.label));
    this.memory.hidden = layer.index !== "memory";
    this.memory.value = String(index);
    const plain = layer.key === PICTURE && layer.palette === "spins";
    this.strip.toggleAttribute("data-plain", plain);
    if (plain || layer.overlay) this.panel?.close();
    const choice = `${layer.key} ${index}`;
    if (choice !== this.choice) {
      this.choice = choice;
      this.forget();
      this.draw();
    }
    if (plain) return;
    const moment = `${layer.key} ${index} ${this.descriptions} ${frame.time} ${frame.hash}`;
    if (moment === this.asked || document.hidden) return;
    this.asked = moment;
    this.fetch({ layer, index });
  }

  private forget(): void {
    this.shown = null;
    this.trouble = null;
    this.asked = "";
  }

  private receive(wish: Wish, found: Layer | string | null): void {
    if (found === null) {
      // The engine went away; the next one is asked anew.
      this.asked = "";
      return;
    }
    this.trouble = typeof found === "string" ? found : null;
    this.shown = typeof found === "string" ? null : { ...wish, numbers: found };
    if (typeof found !== "string") this.rescale(wish, found);
    if (!wish.layer.overlay) {
      const { layer, index } = wish;
      const version = this.descriptions;
      if (typeof found === "string") this.panel?.refuse(layer, found, index, version, this.instead());
      else this.panel?.show(layer, found, this.scale || 1, index, version);
    }
    this.draw();
    if (this.sought && !wish.layer.overlay) this.panel?.reveal();
    this.sought = false;
  }

  /** What can be seen however large the machine is: the numbers of one unit. */
  private instead(): HTMLElement | null {
    const other = this.offered().find(({ overlay, index }) => overlay && index === "unit");
    if (!other) return null;
    const { key, label } = other;
    if (this.way?.key !== key || this.way.label !== label) {
      const button = wordButton(words.layers.instead(label), () => this.store.set("layer", key));
      this.way = { key, label, button };
    }
    return this.way.button;
  }

  /** During a run a scale only grows, so that a colour keeps its meaning; another choice or setting begins anew. */
  private rescale({ layer, index }: Wish, { values }: Layer): void {
    const key = JSON.stringify([layer, index, this.info?.values, this.info?.memories.length]);
    if (key !== this.scaleKey) this.scale = 0;
    this.scaleKey = key;
    this.scale = layer.palette === "spins" ? 1 : roundScale(values, this.scale);
  }

  private overlay(): Overlay | null {
    const { shown, info } = this;
    if (!shown?.layer.overlay || !info) return null;
    const { width, height, values } = shown.numbers;
    if (width !== info.width || height !== info.height) return null;
    const { key, palette } = shown.layer;
    return { palette, scale: this.scale || 1, width, height, values, instead: key === PICTURE };
  }

  private explain(): void {
    const layer = this.chosen();
    if (!layer || !this.info) return;
    const { width } = this.info;
    const place = (unit: number): [number, number] => [unit % width, Math.floor(unit / width)];
    const about = layer.index === "unit" ? words.layers.about(...place(this.indexOf(layer))) : null;
    const help = layer.overlay ? sentence(layer.help) : words.layers.beside(sentence(layer.help));
    const value = this.shown?.layer.overlay ? this.shown.numbers.values[this.pointed] : undefined;
    const reading =
      value === undefined
        ? null
        : words.layers.reading(...place(this.pointed), words.layers.value(value, layer.palette));
    setText(this.note, this.trouble ?? reading ?? about ?? help);
    this.note.classList.toggle("figures", this.trouble === null && reading !== null);
    attribute(this.note, "title", help);
  }

  private options(): void {
    const layers = this.offered();
    const memories = this.info?.memories ?? [];
    const key = JSON.stringify([layers, memories.map(({ name }) => name)]);
    if (key === this.optionsKey) return;
    this.optionsKey = key;
    this.pick.hidden = layers.length < 2;
    this.strip.hidden = layers.length === 0;
    const option = ({ key, label, help }: LayerInfo) =>
      h("option", { text: capital(label), attrs: { value: key, title: help } });
    const over = layers.filter(({ overlay }) => overlay).map(option);
    const beside = layers.filter(({ overlay }) => !overlay).map(option);
    this.select.replaceChildren(
      ...over,
      ...(beside.length > 0 ? [h("optgroup", { attrs: { label: words.layers.besideGroup } }, ...beside)] : []),
    );
    this.memory.replaceChildren(...memories.map(({ name }, i) => h("option", { text: name, attrs: { value: i } })));
  }
}

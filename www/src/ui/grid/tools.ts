/** Beside the picture: what a touch of it does, how wide, and what changes the whole of it at one press. */
import type { SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import type { Tool } from "../../state/places";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { iconButton } from "../kit/buttons";
import { attribute, h } from "../kit/dom";
import { icon, iconFor } from "../kit/icons";
import { Radios } from "../kit/radios";
import { brushes, nextBrush } from "./brush";

/** The action that a tool is made of; none is looking only. */
const NEEDS: Readonly<Record<Tool, string | null>> = { draw: "paint", erase: "paint", hold: "clamp", ask: null };
/** The key of each. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = { draw: "d", erase: "e", hold: "h", ask: "w" };
export const TOOLS = Object.keys(NEEDS) as Tool[];
/** What is done on the grid or the shelf, with arguments from there. */
const BY_HAND: ReadonlySet<string> = new Set(["cue", "spoil", "paint", "clamp"]);

export class Tools {
  readonly element: HTMLElement;
  private readonly picks: Radios<Tool>;
  private readonly widths: Radios<number>;
  /** From paper to ink, where cells may be grey. */
  private readonly shade = h("input", {
    class: "shade",
    attrs: { type: "range", min: -1, max: 1, step: 0.25, "aria-label": words.grid.level, title: words.grid.level },
  });
  private readonly acts = h("div", { class: "tool-group acts" });
  private readonly release = iconButton("release", "", () => this.releaseAll(), "tool");
  private info: SessionInfo | null = null;
  private toolsKey = "";
  private brushKey = "";
  private actsKey = "";

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
  ) {
    this.picks = new Radios(words.grid.tools, "tool-group", (tool) => store.set("tool", tool));
    this.widths = new Radios(words.grid.brush, "tool-group brushes", (width) => store.set("brush", width));
    this.release.dataset.does = "release";
    this.shade.addEventListener("input", () => store.set("level", Number(this.shade.value)));
    this.element = h("div", { class: "tools" }, this.picks.element, this.widths.element, this.shade, this.acts);
    root.append(this.element);
    for (const key of ["tool", "brush", "level"] as const) store.on(key, () => this.show());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.offer();
    this.show();
  }

  /** The tool chosen, if this machine has what it needs. */
  get tool(): Tool {
    const tool = this.store.get("tool");
    return this.has(tool) ? tool : (TOOLS.find((other) => this.has(other)) ?? "ask");
  }

  choose(tool: Tool): void {
    this.store.set("tool", tool);
  }

  has(tool: Tool): boolean {
    const action = NEEDS[tool];
    return action === null || this.session.has(action);
  }

  /** Cells that a stroke of the tool is wide. */
  get brush(): number {
    return this.tool === "ask" ? 1 : this.width();
  }

  /** The shade that the pen gives; null if it gives ink alone. */
  get level(): number | null {
    return this.info?.description.grey ? this.store.get("level") : null;
  }

  /** One brush wider, or narrower. */
  widen(direction: number): void {
    this.store.set("brush", nextBrush(this.offered(), this.width(), direction));
  }

  private width(): number {
    const wanted = this.store.get("brush");
    return Math.max(...this.offered().filter((width) => width <= wanted));
  }

  private offered(): number[] {
    return this.info && this.session.has("paint") ? brushes(this.info.width, this.info.height) : [1];
  }

  private releaseAll(): void {
    const units = this.info?.clamped ?? [];
    if (units.length > 0) void this.session.act("clamp", { units, held: false, stroke: this.session.stroke() });
  }

  private offer(): void {
    const tools = TOOLS.filter((tool) => this.has(tool));
    const key = JSON.stringify(tools);
    if (key !== this.toolsKey) {
      this.toolsKey = key;
      this.picks.offer(tools, (tool) => {
        const button = iconButton(tool, words.keys.hint(words.grid[tool], TOOL_KEYS[tool]), () => undefined, "tool");
        button.dataset.tool = tool;
        return button;
      });
    }
    const widths = this.offered();
    if (String(widths) !== this.brushKey) {
      this.brushKey = String(widths);
      this.widths.offer(widths, (width) => brushButton(width, widths.indexOf(width)));
    }
    this.shade.hidden = this.level === null || !this.session.has("paint");
    this.offerActs();
  }

  /** Whatever changes the picture and needs no arguments is one press away. */
  private offerActs(): void {
    const { actions: all = [], figures = [] } = this.info?.description ?? {};
    // What is done on a figure needs a place on it.
    const onFigures = new Set(figures.flatMap(({ press, drag }) => [press, drag]));
    const actions = all.filter(
      ({ key, group, args }) => group === "cue" && args.length === 0 && !BY_HAND.has(key) && !onFigures.has(key),
    );
    const held = this.info?.clamped.length ?? 0;
    const label = words.grid.release(held);
    attribute(this.release, "aria-label", label);
    this.release.title = label;
    const key = JSON.stringify([actions, held > 0]);
    if (key === this.actsKey) return;
    this.actsKey = key;
    const buttons = actions.map(({ key, label, help }) => {
      const name = capital(label);
      const title = help ? `${name}. ${help}` : name;
      return h(
        "button",
        {
          class: "button icon-only tool",
          attrs: { type: "button", "aria-label": name, title, "data-action": key },
          on: { click: () => void this.session.act(key, {}) },
        },
        iconFor(key),
      );
    });
    this.acts.replaceChildren(...buttons, ...(held > 0 ? [this.release] : []));
  }

  private show(): void {
    this.picks.show(this.tool);
    this.widths.show(this.width());
    attribute(this.widths.element, "data-idle", this.tool === "ask");
    const level = this.store.get("level");
    if (Number(this.shade.value) !== level) this.shade.value = String(level);
    attribute(this.shade, "aria-valuetext", words.grid.levelIs(level));
    attribute(this.shade, "data-idle", this.tool !== "draw");
  }
}

/** How large the squares are, of as many widths as there are at most. */
const SQUARES: readonly number[] = [1, 2, 3, 5];

/** A square, the larger the wider the brush is beside the others. */
function brushButton(width: number, place: number): HTMLButtonElement {
  const label = words.grid.width(width);
  const button = h("button", {
    class: "button icon-only tool brush",
    attrs: { type: "button", "aria-label": label, title: label, "data-width": width },
  });
  const mark = icon("brush");
  mark.style.setProperty("--width", String(SQUARES[place]));
  button.append(mark);
  return button;
}

/** The picture in the middle: the grid, the tools beside it, and what is said of it to those who do not see it. */
import type { Frame, SessionInfo } from "../engine/types";
import { capital } from "../figures";
import { words } from "../messages";
import type { Tool } from "../state/places";
import type { Session } from "../state/session";
import type { Store } from "../state/store";
import { drawSpinGrid, type Overlay, placeGrid } from "../views/spin-grid";
import type { Theme } from "../views/theme";
import { iconButton } from "./buttons";
import { attribute, freshId, h, setText } from "./dom";
import { GridInput } from "./grid-input";
import { iconFor } from "./icons";

/** Milliseconds until the flash of a flip has faded to a third. */
const FADE = 160;
/** If more than this part of the picture flips from one frame to the next, a flash of each would tell nothing. */
const FLASHES = 0.1;
/** Above so many updates a second the outline of the cell asked only flickers. */
const FOLLOWED = 400;
/** What is done on the grid or the shelf, with arguments from there. */
const BY_HAND: ReadonlySet<string> = new Set(["cue", "spoil", "paint", "clamp"]);
const TOOLS: readonly Tool[] = ["draw", "hold", "ask"];
/** What lies over the picture, the first that there is: a picture of the machine's, or the voices one cell hears. */
const LAID = ["layer", "voices"] as const;

export class Stage {
  private readonly canvas = h("canvas", { class: "grid-canvas" });
  private readonly box = h("div", { class: "grid-box" });
  private readonly spoken = h("p", { class: "unseen", attrs: { "aria-live": "polite" } });
  private readonly tools = h("div", { class: "tools" });
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private glow: Float32Array | null = null;
  private glowAt = 0;
  private cursor = -1;
  private pointed = -1;
  private readonly laid = new Map<(typeof LAID)[number], { overlay: Overlay; about: number }>();
  private toolKey = "";

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly theme: () => Theme,
    private readonly calm: () => boolean,
    private readonly ask: (unit: number) => void,
    /** Says what is shown of a unit besides its state, and hears which one is looked at; −1 for none. */
    private readonly read: (unit: number) => string,
  ) {
    const hint = h("p", { class: "unseen", text: words.grid.hint, attrs: { id: freshId() } });
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "application"],
      ["aria-roledescription", words.grid.role],
      ["aria-describedby", hint.id],
    ] as const) {
      attribute(this.canvas, name, value);
    }
    this.box.append(this.canvas);
    root.append(this.box, this.tools, hint, this.spoken);
    new GridInput(this.canvas, {
      columns: () => this.info?.width ?? 1,
      rows: () => this.info?.height ?? 1,
      begin: (unit) => this.begin(unit),
      cursor: (unit) => this.moveCursor(unit),
      point: (unit) => this.point(unit),
    });
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    store.on("tool", () => this.drawTools());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    attribute(this.canvas, "aria-label", words.grid.label(info.width, info.height));
    // Where the width is given, the height follows the picture, within what a screen can hold.
    this.box.style.setProperty("--shape", String(Math.min(8, Math.max(0.8, info.width / info.height))));
    this.drawTools();
    this.draw();
  }

  show(frame: Frame): void {
    this.frame = frame;
    // A flash is for what the network does, not for what a hand does.
    if (this.session.deed === "ran" && !this.calm()) this.ignite(frame);
    this.draw();
  }

  /** Numbers laid over the picture, and the unit they are about; null takes them away. False if others hide them. */
  lay(what: (typeof LAID)[number], overlay: Overlay | null, about = -1): boolean {
    if (overlay) this.laid.set(what, { overlay, about });
    else this.laid.delete(what);
    this.draw();
    return LAID.find((other) => this.laid.has(other)) === what;
  }

  /** Edge of a cell in CSS pixels. */
  get cell(): number {
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.info ?? { width: 1, height: 1 };
    return placeGrid(clientWidth, clientHeight, width, height, devicePixelRatio || 1).cell;
  }

  focus(): void {
    this.canvas.focus();
  }

  draw(): void {
    const { info, frame } = this;
    if (!info || !frame || frame.spins.length !== info.width * info.height) return;
    const followed = !frame.running || this.session.speed() <= FOLLOWED;
    const asked = followed && frame.time > 0 && !(frame.settled && !frame.running) ? frame.visited : -1;
    const laid = LAID.map((what) => this.laid.get(what)).find((found) => found !== undefined);
    const about = laid?.about ?? -1;
    drawSpinGrid(
      this.canvas,
      {
        columns: info.width,
        rows: info.height,
        spins: frame.spins,
        held: info.clamped,
        visited: about >= 0 ? about : asked,
        glow: this.glow,
        cursor: this.cursor,
        overlay: laid?.overlay ?? null,
      },
      this.theme(),
    );
  }

  private ignite({ spins, flipped }: Frame): void {
    if (flipped.length === 0 || flipped.length > FLASHES * spins.length) return;
    const burning = this.glow !== null;
    if (this.glow?.length !== spins.length) this.glow = new Float32Array(spins.length);
    for (const unit of flipped) this.glow[unit] = 1;
    if (burning) return;
    this.glowAt = performance.now();
    requestAnimationFrame((now) => this.fade(now));
  }

  private fade(now: number): void {
    const { glow } = this;
    if (!glow) return;
    const rest = Math.exp(-Math.max(0, now - this.glowAt) / FADE);
    this.glowAt = now;
    let brightest = 0;
    for (let i = 0; i < glow.length; i++) {
      const heat = (glow[i] ?? 0) * rest;
      glow[i] = heat;
      if (heat > brightest) brightest = heat;
    }
    if (brightest < 0.02) this.glow = null;
    else requestAnimationFrame((next) => this.fade(next));
    this.draw();
  }

  private begin(unit: number): ((units: number[]) => void) | null {
    const { info, frame } = this;
    if (!info || !frame) return null;
    switch (this.tool()) {
      case "ask":
        this.store.set("unit", unit);
        this.ask(unit);
        return null;
      case "hold": {
        const held = !info.clamped.includes(unit);
        const stroke = this.session.stroke();
        return (units) => void this.session.act("clamp", { units, held, stroke });
      }
      case "draw": {
        const value = (frame.spins[unit] ?? 0) > 0 ? -1 : 1;
        const stroke = this.session.stroke();
        return (units) => this.paint(units, value, stroke);
      }
    }
  }

  private paint(units: number[], value: number, stroke: number): void {
    // Shown at once; the engine's next frame says the same.
    for (const unit of units) if (this.frame) this.frame.spins[unit] = value;
    this.draw();
    if (this.cursor >= 0) this.speak();
    void this.session.act("paint", { units, value, stroke });
  }

  private moveCursor(unit: number): void {
    this.cursor = unit;
    if (unit >= 0) this.store.set("unit", unit);
    this.draw();
    if (unit >= 0) this.speak();
    else this.point(this.pointed);
  }

  private point(unit: number): void {
    this.pointed = unit;
    this.read(unit >= 0 ? unit : this.cursor);
  }

  private speak(): void {
    const { info, frame, cursor } = this;
    if (!info || !frame) return;
    const x = cursor % info.width;
    const y = Math.floor(cursor / info.width);
    const cell = words.grid.cell(x, y, frame.spins[cursor] ?? 0, info.clamped.includes(cursor));
    setText(this.spoken, [cell, this.read(cursor)].filter((part) => part !== "").join("; "));
  }

  /** The tool chosen, if this machine has what it needs. */
  private tool(): Tool {
    const tool = this.store.get("tool");
    return this.offered().includes(tool) ? tool : (this.offered()[0] ?? "ask");
  }

  private offered(): Tool[] {
    const needs = { draw: "paint", hold: "clamp", ask: null } as const;
    return TOOLS.filter((tool) => {
      const action = needs[tool];
      return action === null || this.session.has(action);
    });
  }

  private drawTools(): void {
    // Whatever changes the picture and needs no arguments is one press away.
    const actions = (this.info?.description.actions ?? []).filter(
      ({ key, group, args }) => group === "cue" && args.length === 0 && !BY_HAND.has(key),
    );
    const key = JSON.stringify([this.tool(), this.offered(), actions]);
    if (key === this.toolKey) return;
    this.toolKey = key;
    const focused = this.tools.contains(document.activeElement);
    const pick = h("div", { class: "tool-group", attrs: { role: "radiogroup", "aria-label": words.grid.tools } });
    const buttons = this.offered().map((tool) => {
      const button = iconButton(tool, words.grid[tool], () => this.store.set("tool", tool), "tool");
      button.setAttribute("role", "radio");
      button.setAttribute("aria-checked", String(tool === this.tool()));
      return button;
    });
    pick.append(...buttons);
    const acts = h("div", { class: "tool-group" });
    for (const { key, label, help } of actions) {
      const name = capital(label);
      const title = help ? `${name}. ${help}` : name;
      acts.append(
        h(
          "button",
          {
            class: "button icon-only tool",
            attrs: { type: "button", "aria-label": name, title, "data-action": key },
            on: { click: () => void this.session.act(key, {}) },
          },
          iconFor(key),
        ),
      );
    }
    this.tools.replaceChildren(pick, acts);
    if (focused) buttons.find((button) => button.getAttribute("aria-checked") === "true")?.focus();
  }
}

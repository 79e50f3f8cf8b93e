/** The drawer: every control, every further action and every number of the machine. It is made when it is opened. */
import type { Description, Frame, Observable, SessionInfo } from "../../engine/types";
import { capital, figure } from "../../figures";
import * as words from "../../messages";
import { memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { iconButton, wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";
import { foldedNote, type NoteFold } from "../notes/note";
import { Fields, GROUPS } from "./fields";
import { leftOver } from "./left-over";

/** Key of the setting that says which pictures a machine learns from. */
const SOURCE = "data";

export class Drawer {
  private fields: Fields;
  private numbers: { scalar: number; unit: string; value: HTMLElement }[] = [];
  private lists: { observable: Observable; row: number; value: HTMLElement }[] = [];
  private readonly hash = h("code", { class: "figures" });
  private key = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    opener: () => HTMLElement,
    /** Lets the visitor bring pictures for a machine that learns. */
    private readonly sets: () => void,
  ) {
    this.fields = new Fields(session);
    store.on("drawer", () => this.follow());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || root.hidden || document.querySelector("dialog[open]")) return;
      store.set("drawer", false);
      opener().focus();
    });
  }

  describe(info: SessionInfo): void {
    if (info.hide.includes("controls")) this.store.set("drawer", false);
    if (this.root.hidden) return;
    const { description, hide } = info;
    const key = JSON.stringify([description, hide]);
    if (key !== this.key) {
      this.key = key;
      const offered = ({ key }: { key: string }) => !hide.includes(key);
      const { controls, actions } = description;
      this.build({ ...description, controls: controls.filter(offered), actions: actions.filter(offered) });
    }
    this.fields.follow(info);
    const idle = leftOver(info);
    for (const group of this.root.querySelectorAll<HTMLElement>(".control-group")) {
      const here = idle.filter(({ control }) => control.group === group.dataset.group);
      group.querySelector(".idle")?.replaceChildren(...here.map(({ text }) => h("li", { text })));
      group.hidden = here.length === 0 && group.querySelector(".field:not([hidden])") === null;
    }
  }

  show(frame: Frame): void {
    if (this.root.hidden) return;
    this.fields.show(frame);
    for (const { scalar, unit, value } of this.numbers) {
      setText(value, `${figure(frame.scalars[scalar] ?? Number.NaN, 5)}${unit ? ` ${unit}` : ""}`);
    }
    const memories = this.session.info?.memories ?? [];
    for (const { row, value } of this.lists) {
      const values = perMemory(frame, { row }, memories.length);
      const parts = memories.map(({ name }, i) => `${name} ${figure(values[i] ?? 0)}`);
      setText(value, parts.join(" · ") || words.charts.none);
    }
    setText(this.hash, frame.hash);
  }

  /** Opens or closes as the visitor wishes. */
  private follow(): void {
    const { root, store, session } = this;
    root.hidden = !store.get("drawer");
    if (root.hidden || !session.info) return;
    this.describe(session.info);
    if (session.frame) this.show(session.frame);
    root.querySelector<HTMLElement>("button, input, select")?.focus({ preventScroll: true });
  }

  private build(description: Description): void {
    const fields = new Fields(this.session);
    this.fields = fields;
    const groups = new Map<string, HTMLElement[]>();
    for (const control of description.controls) {
      const parts = [fields.control(control, "full")];
      if (description.learns && control.key === SOURCE) parts.push(this.ownSet());
      groups.set(control.group, [...(groups.get(control.group) ?? []), ...parts]);
    }
    const sections = [...groups].map(([title, parts]) => {
      const group = section(title, "control-group", [...parts, h("ul", { class: "idle" })]);
      group.dataset.group = title;
      return group;
    });
    const deeds = GROUPS.flatMap((group) => {
      const actions = description.actions.filter((action) => action.group === group);
      const buttons = actions.map((action) => fields.action(action, "full"));
      return buttons.length > 0 ? [section(words.drawer.actions[group], "", buttons)] : [];
    });
    this.root.replaceChildren(
      h(
        "div",
        { class: "drawer-head" },
        h("h2", { text: words.drawer.title }),
        iconButton("close", words.page.close, () => this.store.set("drawer", false), "quiet"),
      ),
      h("div", { class: "drawer-body" }, ...sections, ...deeds, this.numbersOf(description)),
    );
  }

  private ownSet(): HTMLElement {
    const button = wordButton(words.drawer.ownSet, this.sets, "small", "image");
    button.dataset.does = "own-set";
    return h("div", { class: "own-set" }, button);
  }

  private numbersOf({ observables }: Description): HTMLElement {
    const scalars = observables.filter(({ shape }) => shape === "scalar");
    const shown = scalars.filter(({ view }) => view === "number");
    this.numbers = shown.map((observable) => ({
      scalar: scalars.indexOf(observable),
      unit: observable.unit,
      value: h("dd", { class: "figures" }),
    }));
    this.lists = memoryMeasures(observables, "number").map((measure) => ({
      ...measure,
      value: h("p", { class: "figures" }),
    }));
    const noteOn = ({ key, label }: Observable): NoteFold =>
      foldedNote("drawer", { label, parts: () => [{ path: `observables.${key}`, title: "" }] });
    const rows = shown.flatMap((observable, i) => {
      const note = noteOn(observable);
      return [
        h("dt", {}, named(observable, note)),
        this.numbers[i]?.value ?? null,
        h("dd", { class: "number-note" }, note.panel),
      ];
    });
    return section(words.drawer.numbers, "", [
      h(
        "dl",
        { class: "numbers" },
        ...rows,
        h("dt", { text: words.drawer.hash, attrs: { title: words.drawer.hashHelp } }),
        h("dd", {}, this.hash),
      ),
      ...this.lists.map(({ observable, value }) => {
        const note = noteOn(observable);
        return h("div", {}, named(observable, note), value, note.panel);
      }),
    ]);
  }
}

function named({ label, symbol, help }: Observable, note: NoteFold): HTMLElement {
  return h(
    "div",
    { class: "field-head", attrs: { title: help } },
    h("span", { class: "field-name" }, capital(label), symbol ? h("i", { class: "symbol", text: symbol }) : null),
    note.button,
  );
}

function section(title: string, kind: string, parts: HTMLElement[]): HTMLElement {
  return h("section", { class: `drawer-section ${kind}` }, h("h3", { text: title }), ...parts);
}

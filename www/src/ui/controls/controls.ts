/** The drawer: every control, every further action and every number of the machine, built from what it says of itself. */
import type { ActionInfo, Control, Description, Frame, Observable, SessionInfo, Value } from "../../engine/types";
import { capital, figure } from "../../figures";
import { words } from "../../messages";
import { memoryMeasures, perMemory } from "../../state/measures";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { iconButton, wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";
import { controlNote, foldedNote, type NoteFold, optionParts } from "../notes/note";
import { type Field, type FieldStyle, field, fieldSet, isShown } from "./field";
import { leftOver } from "./left-over";

/** Groups of actions that the rest of the page does not show already. */
const GROUPS: readonly ActionInfo["group"][] = ["damage", "learning"];

export class Controls {
  private fields: Field[] = [];
  private numbers: { scalar: number; unit: string; value: HTMLElement }[] = [];
  private lists: { observable: Observable; row: number; value: HTMLElement }[] = [];
  private readonly hash = h("code", { class: "figures" });
  private readonly kept = h("section", { class: "kept", attrs: { "aria-label": words.drawer.kept } });
  private key = "";

  constructor(
    private readonly root: HTMLElement,
    charts: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    opener: () => HTMLElement,
  ) {
    charts.parentElement?.append(this.kept);
    const follow = () => {
      const open = store.get("drawer");
      root.hidden = !open;
      if (open) root.querySelector<HTMLElement>("button, input, select")?.focus({ preventScroll: true });
    };
    store.on("drawer", follow);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || root.hidden || document.querySelector("dialog[open]")) return;
      store.set("drawer", false);
      opener().focus();
    });
  }

  describe(info: SessionInfo): void {
    const { description, keep, hide } = info;
    const key = JSON.stringify([description, keep, hide]);
    if (key !== this.key) {
      this.key = key;
      const offered = ({ key }: { key: string }) => !hide.includes(key);
      const { controls, actions } = description;
      this.build({ ...description, controls: controls.filter(offered), actions: actions.filter(offered) }, keep);
    }
    if (hide.includes("controls")) this.store.set("drawer", false);
    for (const part of this.fields) {
      const value = info.values[part.control.key];
      if (value !== undefined) part.set(value);
      part.element.hidden = !isShown(part.control, info.values);
    }
    const idle = leftOver(info);
    for (const group of this.root.querySelectorAll<HTMLElement>(".control-group")) {
      const here = idle.filter(({ control }) => control.group === group.dataset.group);
      group.querySelector(".idle")?.replaceChildren(...here.map(({ text }) => h("li", { text })));
      group.hidden = here.length === 0 && group.querySelector(".field:not([hidden])") === null;
    }
    this.kept.hidden = this.kept.querySelector(".field:not([hidden]), .action") === null;
  }

  show(frame: Frame): void {
    if (this.root.hidden) return;
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

  private build(description: Description, keep: readonly string[]): void {
    this.fields = [];
    const kept = keep.flatMap((key) => {
      const control = description.controls.find((control) => control.key === key);
      if (control) return [this.control(control, "compact")];
      const action = description.actions.find((action) => action.key === key && GROUPS.includes(action.group));
      return action ? [this.action(action, "compact")] : [];
    });
    this.kept.replaceChildren(...kept);
    const groups = new Map<string, HTMLElement[]>();
    for (const control of description.controls) {
      groups.set(control.group, [...(groups.get(control.group) ?? []), this.control(control, "full")]);
    }
    const sections = [...groups].map(([title, parts]) => {
      const group = section(title, "control-group", [...parts, h("ul", { class: "idle" })]);
      group.dataset.group = title;
      return group;
    });
    const deeds = GROUPS.flatMap((group) => {
      const actions = description.actions.filter((action) => action.group === group);
      const parts = actions.map((action) => this.action(action, "full"));
      return parts.length > 0 ? [section(words.drawer.actions[group], "", parts)] : [];
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

  private control(control: Control, style: FieldStyle): HTMLElement {
    const set = this.session.setSoon(control.key);
    const place = style === "full" ? "drawer" : "page";
    const part = field(control, set, style, (control, value) => controlNote(place, "controls", control, value));
    this.fields.push(part);
    return part.element;
  }

  private action({ key, label, help, args }: ActionInfo, style: FieldStyle): HTMLElement {
    let values: Record<string, Value> = Object.fromEntries(args.map(({ key, kind }) => [key, kind.default]));
    const full = style === "full";
    const path = `actions.${key}`;
    const parts = fieldSet(
      args,
      values,
      (next) => {
        values = next;
      },
      style,
      full ? (arg, value) => controlNote("drawer", `${path}.args`, arg, value, () => values) : null,
    );
    const note = foldedNote(full ? "drawer" : "page", {
      label,
      // Where its arguments have no notes beside them, what is chosen there comes with it.
      parts: () => [
        { path, title: "" },
        ...(full ? [] : args.flatMap((arg) => optionParts(`${path}.args.${arg.key}`, arg.kind, values[arg.key]))),
      ],
      values: () => values,
    });
    const shown = () => parts.filter(({ element }) => !element.hidden).map(({ control }) => control.key);
    const press = () => {
      const asked = Object.fromEntries(Object.entries(values).filter(([name]) => shown().includes(name)));
      void this.session.act(key, asked);
    };
    const button = wordButton(capital(label), press);
    button.dataset.action = key;
    return h(
      "div",
      { class: "action" },
      ...parts.map(({ element }) => element),
      h("p", { class: full ? "field-help" : "unseen", text: help }),
      h("div", { class: "action-row" }, button, note.button),
      note.panel,
    );
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

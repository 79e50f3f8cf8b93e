/** One control or argument as the machine describes it: a number, a choice, a toggle or a course, with its help. */
import type { Control, ControlKind, Value } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import { iconButton } from "../kit/buttons";
import { freshId, h, setText } from "../kit/dom";
import { numberField, shownNumber } from "../kit/number-field";
import type { NoteFold } from "../notes/note";
import { isShown } from "./shown";

export interface Field {
  element: HTMLElement;
  control: Control;
  set(value: Value): void;
  /** What it shows of the run: how it stands among all settings, and in which sweep. */
  show(values: Readonly<Record<string, Value>>, sweep: number): void;
}

/** The note on a control, whose value it may ask for. */
export type NoteOf = (control: Control, value: () => Value) => NoteFold;

/** Makes the editor of a course: where there are none, it is not loaded. */
export type CourseBuilder = (
  control: Control,
  kind: Extract<ControlKind, { type: "course" }>,
  helpId: string,
  change: (value: Value) => void,
) => Built;

/** Up to so many options stand side by side, if their labels are short. */
const SEGMENTS = 3;
const SEGMENT_LETTERS = 30;

export type FieldStyle = "full" | "compact";

export function field(
  control: Control,
  change: (value: Value) => void,
  style: FieldStyle = "full",
  noteOf: NoteOf | null = null,
  course: CourseBuilder | null = null,
): Field {
  const helpId = freshId();
  const help = h("p", { class: "field-help", text: control.help, attrs: { id: helpId } });
  const element = h("div", { class: `field ${style}`, attrs: { "data-key": control.key } });
  if (style === "compact") {
    element.title = control.help;
    help.classList.add("unseen");
  }
  const { kind } = control;
  let now: Value = kind.default;
  const follow = (value: Value) => {
    now = value;
    reset.hidden = style === "compact" || same(value, kind.default);
  };
  const picked = (value: Value) => {
    follow(value);
    change(value);
  };
  const built =
    kind.type === "choice"
      ? choice(control, kind, helpId, picked)
      : kind.type === "toggle"
        ? toggle(control, helpId, picked)
        : kind.type === "course"
          ? (course?.(control, kind, helpId, picked) ?? {
              name: h("div", {}, ...nameOf(control)),
              elements: [],
              set() {},
            })
          : number(control, kind, helpId, picked);
  const reset = iconButton(
    "reset",
    words.drawer.reset(capital(control.label), shownValue(control, kind.default)),
    () => {
      built.set(kind.default, true);
      picked(kind.default);
      element.querySelector<HTMLElement>("select, input")?.focus();
    },
    "quiet tiny",
  );
  const set = (value: Value) => {
    built.set(value);
    follow(value);
  };
  const note = noteOf?.(control, () => now);
  element.append(h("div", { class: "field-head" }, built.name, reset, note?.button ?? null), ...built.elements, help);
  if (note) element.append(note.panel);
  set(kind.default);
  return { element, control, set, show: (values, sweep) => built.show?.(values, sweep) };
}

function same(one: Value, other: Value): boolean {
  return one === other || (Array.isArray(one) && String(one) === String(other));
}

/** A value of a control in words. */
export function shownValue({ kind, unit }: Control, value: Value): string {
  if (kind.type === "toggle") return words.drawer.toggle(value === true);
  if (kind.type === "course") return words.drawer.points(Array.isArray(value) ? value.length / 2 : 0);
  if (kind.type !== "choice") return shownNumber(kind, unit, Number(value));
  return capital(kind.options.find((option) => option.value === value)?.label ?? String(value));
}

export interface Built {
  name: HTMLElement;
  elements: HTMLElement[];
  /** `over`: also over what is being typed. */
  set(value: Value, over?: boolean): void;
  show?: Field["show"];
}

export function nameOf({ label, symbol }: Control): HTMLElement[] {
  return [
    h("span", { class: "field-label", text: capital(label) }),
    ...(symbol ? [h("i", { class: "symbol", text: symbol })] : []),
  ];
}

function number(
  control: Control,
  kind: Extract<ControlKind, { type: "number" | "integer" }>,
  helpId: string,
  change: (value: Value) => void,
): Built {
  const part = numberField(kind, control.label, control.unit, helpId, change);
  return {
    name: h("div", { class: "field-name" }, ...nameOf(control)),
    elements: part.elements,
    set: (value, over) => typeof value === "number" && part.set(value, over),
  };
}

function toggle(control: Control, helpId: string, change: (value: Value) => void): Built {
  const box = h("input", { attrs: { type: "checkbox", "aria-describedby": helpId } });
  box.addEventListener("change", () => change(box.checked));
  return {
    name: h("label", { class: "toggle" }, box, ...nameOf(control)),
    elements: [],
    set: (value) => {
      box.checked = value === true;
    },
  };
}

function choice(
  control: Control,
  kind: Extract<ControlKind, { type: "choice" }>,
  helpId: string,
  change: (value: Value) => void,
): Built {
  const letters = kind.options.reduce((sum, { label }) => sum + label.length, 0);
  const meaning = h("p", { class: "field-option", attrs: { "aria-live": "polite" } });
  const explain = (value: string) =>
    setText(meaning, kind.options.find((option) => option.value === value)?.help ?? "");
  const pick = (value: string) => {
    explain(value);
    change(value);
  };
  const part =
    kind.options.length <= SEGMENTS && letters <= SEGMENT_LETTERS
      ? segments(control, kind.options, helpId, pick)
      : select(control, kind.options, helpId, pick);
  return {
    name: part.name,
    elements: [...part.elements, meaning],
    set: (value) => {
      if (typeof value !== "string") return;
      part.set(value);
      explain(value);
    },
  };
}

type Options = Extract<ControlKind, { type: "choice" }>["options"];

function select(control: Control, options: Options, helpId: string, pick: (value: string) => void): Built {
  const id = freshId();
  const box = h(
    "select",
    { attrs: { id, "aria-describedby": helpId } },
    ...options.map(({ value, label, help }) => h("option", { text: capital(label), attrs: { value, title: help } })),
  );
  box.addEventListener("change", () => pick(box.value));
  return {
    name: h("label", { class: "field-name", attrs: { for: id } }, ...nameOf(control)),
    elements: [box],
    set: (value) => {
      box.value = String(value);
    },
  };
}

function segments(control: Control, options: Options, helpId: string, pick: (value: string) => void): Built {
  const name = freshId();
  const labelId = freshId();
  const radios = options.map(({ value, label, help }) => {
    const radio = h("input", { attrs: { type: "radio", name, value } });
    radio.addEventListener("change", () => pick(value));
    return { radio, element: h("label", { attrs: { title: help } }, radio, h("span", { text: capital(label) })) };
  });
  return {
    name: h("div", { class: "field-name", attrs: { id: labelId } }, ...nameOf(control)),
    elements: [
      h(
        "div",
        { class: "segments", attrs: { role: "radiogroup", "aria-labelledby": labelId, "aria-describedby": helpId } },
        ...radios.map(({ element }) => element),
      ),
    ],
    set: (value) => {
      for (const { radio } of radios) radio.checked = radio.value === value;
    },
  };
}

/** A group of fields that depend on one another, as the arguments of an action. */
export function fieldSet(
  controls: readonly Control[],
  values: Record<string, Value>,
  change: (values: Record<string, Value>) => void,
  style: FieldStyle,
  noteOf: NoteOf | null = null,
): Field[] {
  const current = { ...values };
  const fields: Field[] = controls.map((control) =>
    field(
      control,
      (value) => {
        current[control.key] = value;
        refresh();
        change({ ...current });
      },
      style,
      noteOf,
    ),
  );
  const refresh = () => {
    for (const { element, control } of fields) element.hidden = !isShown(control, current);
  };
  for (const part of fields) {
    const value = current[part.control.key];
    if (value !== undefined) part.set(value);
  }
  refresh();
  return fields;
}

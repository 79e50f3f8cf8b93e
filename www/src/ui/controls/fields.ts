/** The machine's controls and actions as fields that set and do them, built from what it says of itself. */
import type { ActionInfo, Control, Frame, SessionInfo, Value } from "../../engine/types";
import { capital } from "../../figures";
import type { Session } from "../../state/session";
import { wordButton } from "../kit/buttons";
import { h } from "../kit/dom";
import { controlNote, foldedNote, optionParts } from "../notes/note";
import { courseField } from "./course-field";
import { type Field, type FieldStyle, field, fieldSet } from "./field";
import { isShown } from "./shown";

/** Groups of actions that the rest of the page does not show already. */
export const GROUPS: readonly ActionInfo["group"][] = ["damage", "learning"];

export class Fields {
  private readonly fields: Field[] = [];
  /** What was asked of controls and is yet to be done, by their keys. */
  private readonly asked = new Map<string, Value>();
  private values: Readonly<Record<string, Value>> = {};
  private sweep = 0;

  constructor(private readonly session: Session) {}

  /**
   * Every field says what is set, and those that mean nothing now are away. One with a wish on its way keeps it: what
   * an earlier edit left there would only flicker.
   */
  follow({ values }: SessionInfo): void {
    this.values = values;
    for (const part of this.fields) {
      const value = values[part.control.key];
      if (value !== undefined && !this.asked.has(part.control.key)) part.set(value);
      part.element.hidden = !isShown(part.control, values);
      part.show(values, this.sweep);
    }
  }

  /** Where the run is. */
  show({ sweep }: Frame): void {
    this.sweep = sweep;
    for (const part of this.fields) if (!part.element.hidden) part.show(this.values, sweep);
  }

  control(control: Control, style: FieldStyle): HTMLElement {
    const { key } = control;
    const send = this.session.setSoon(key, (value) => {
      if (this.asked.get(key) !== value) return;
      this.asked.delete(key);
      if (this.session.info) this.follow(this.session.info);
    });
    const set = (value: Value) => {
      this.asked.set(key, value);
      send(value);
    };
    const place = style === "full" ? "drawer" : "page";
    const part = field(
      control,
      set,
      style,
      (control, value) => controlNote(place, "controls", control, value),
      courseField,
    );
    this.fields.push(part);
    return part.element;
  }

  action({ key, label, help, args }: ActionInfo, style: FieldStyle): HTMLElement {
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
}

/** A choice among a few words side by side. */
import { freshId, h } from "./dom";

export interface Segments {
  row: HTMLElement;
  /** Shows another as chosen. */
  show(value: string): void;
}

export function segmentRow(
  name: Record<string, string>,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  pick: (value: string) => void,
): Segments {
  const group = freshId();
  const radios = options.map(([key]) =>
    h("input", {
      attrs: { type: "radio", name: group, value: key, checked: key === value },
      on: { change: () => pick(key) },
    }),
  );
  const labels = radios.map((radio, i) => h("label", {}, radio, h("span", { text: options[i]?.[1] ?? "" })));
  return {
    row: h("div", { class: "segments", attrs: { role: "radiogroup", ...name } }, ...labels),
    show(value) {
      for (const radio of radios) radio.checked = radio.value === value;
    },
  };
}

/** The same under its name. */
export function segments(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  pick: (value: string) => void,
): HTMLElement {
  const id = freshId();
  return h(
    "div",
    {},
    h("div", { class: "field-name", text: label, attrs: { id } }),
    segmentRow({ "aria-labelledby": id }, options, value, pick).row,
  );
}

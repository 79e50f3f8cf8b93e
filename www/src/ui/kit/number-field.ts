/** A number: a slider for feeling and a field for typing. What is typed wrongly stays, with the reason beside it. */
import type { ControlKind } from "../../engine/types";
import { figure } from "../../figures";
import * as words from "../../messages";
import { attribute, freshId, h, setText } from "./dom";

type NumberKind = Extract<ControlKind, { type: "number" | "integer" }>;

export interface NumberField {
  elements: HTMLElement[];
  /** `over`: also over what is being typed, or is wrong. */
  set(value: number, over?: boolean): void;
}

/** Positions of the slider; fine enough for a pointer, and for arrow keys on a logarithmic scale. */
const POSITIONS = 400;

export function numberField(
  kind: NumberKind,
  label: string,
  unit: string,
  describedBy: string,
  change: (value: number) => void,
): NumberField {
  const percent = kind.type === "number" && kind.percent;
  const scale = sliderScale(kind);
  const errorId = freshId();
  const error = h("p", { class: "field-error", attrs: { id: errorId, hidden: true } });
  const slider = h("input", {
    attrs: {
      type: "range",
      min: scale.min,
      max: scale.max,
      step: scale.step,
      "aria-label": label,
      "aria-describedby": describedBy,
    },
  });
  const typed = h("input", {
    class: "number",
    attrs: {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-label": label,
      "aria-describedby": `${describedBy} ${errorId}`,
    },
  });
  const show = (value: number) => plain(percent ? value * 100 : value);
  const fill = (value: number) => {
    slider.value = String(scale.position(value));
    slider.setAttribute("aria-valuetext", `${show(value)} ${percent ? "%" : unit}`);
    const range = Number(slider.max) - Number(slider.min) || 1;
    slider.style.setProperty("--fill", `${(100 * (Number(slider.value) - Number(slider.min))) / range}%`);
  };
  const complain = (text: string | null) => {
    setText(error, text ?? "");
    attribute(error, "hidden", text === null);
    attribute(typed, "aria-invalid", text === null ? null : "true");
  };

  slider.addEventListener("input", () => {
    const value = scale.value(Number(slider.value));
    typed.value = show(value);
    fill(value);
    complain(null);
    change(value);
  });
  typed.addEventListener("input", () => complain(read(typed.value, kind, percent).error));
  const commit = () => {
    const { value, error } = read(typed.value, kind, percent);
    complain(error);
    if (value === null) return;
    fill(value);
    change(value);
  };
  typed.addEventListener("change", commit);

  return {
    elements: [
      slider,
      h("span", { class: "number-box" }, typed, h("span", { class: "unit", text: percent ? "%" : unit })),
      error,
    ],
    set(value, over = false) {
      fill(value);
      if (over) complain(null);
      // Never under the visitor's fingers, and never over what still has to be mended.
      if (over || (document.activeElement !== typed && typed.getAttribute("aria-invalid") !== "true")) {
        typed.value = show(value);
      }
    },
  };
}

/** A value as the field shows it. */
export function shownNumber(kind: NumberKind, unit: string, value: number): string {
  const percent = kind.type === "number" && kind.percent;
  const text = figure(percent ? value * 100 : value, 6);
  return percent ? `${text} %` : unit ? `${text} ${unit}` : text;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function read(text: string, kind: NumberKind, percent: boolean): { value: number | null; error: string | null } {
  const size = percent ? 100 : 1;
  const clean = text.trim().replace("−", "-").replace(",", ".");
  const number = clean === "" ? Number.NaN : Number(clean);
  const value = number / size;
  const whole = kind.type === "integer";
  const inside = value >= kind.min && value <= kind.max && (!whole || Number.isInteger(value));
  if (inside) return { value, error: null };
  const low = figure(kind.min * size, 6);
  const high = figure(kind.max * size, 6);
  return { value: null, error: whole ? words.drawer.whole(low, high) : words.drawer.range(low, high) };
}

interface Scale {
  min: number;
  max: number;
  step: number;
  position(value: number): number;
  value(position: number): number;
}

function sliderScale(kind: NumberKind): Scale {
  const { min, max } = kind;
  if (kind.type === "number" && kind.scale === "log" && max > 0) {
    // A logarithm has no zero: the lowest position stands for it.
    const low = Math.log(min > 0 ? min : kind.step || max * 1e-4);
    const high = Math.log(max);
    return {
      min: 0,
      max: POSITIONS,
      step: 1,
      position: (value) =>
        value <= 0 ? 0 : Math.max(0, Math.round((POSITIONS * (Math.log(value) - low)) / (high - low))),
      value: (position) =>
        position === 0 ? min : Number(Math.exp(low + ((high - low) * position) / POSITIONS).toPrecision(3)),
    };
  }
  const step = kind.type === "integer" ? 1 : kind.step > 0 ? kind.step : (max - min) / POSITIONS;
  return {
    min,
    max,
    step,
    position: (value) => value,
    value: (position) => Number(position.toPrecision(10)),
  };
}

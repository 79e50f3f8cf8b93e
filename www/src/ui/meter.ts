/** How full the network is, or whatever else the machine measures of what is stored, beside what that lets expect. */
import { capital, figure, sentence } from "../figures";
import { words } from "../messages";
import { freshId, h } from "./dom";

/** How full the machine is, or another number that says what to expect of what is stored. */
export interface Meter {
  key: string;
  label: string;
  symbol: string;
  help: string;
  value: number;
  max: number;
  marks: { at: number; label: string; help: string }[];
  level: "ok" | "near" | "over";
  expect: string;
}

export function drawMeter(meter: Meter): HTMLElement {
  const { label, symbol, help, value, max, marks, level, expect } = meter;
  const share = (at: number) => `${100 * Math.max(0, Math.min(1, at / max))}%`;
  const id = freshId();
  const fill = h("span", { class: "meter-fill" });
  fill.style.setProperty("--share", share(value));
  const ticks = marks.map(({ at, label, help }) => {
    const tick = h("span", { class: "meter-tick", attrs: { title: `${figure(at)} ${label}. ${sentence(help)}` } });
    tick.style.setProperty("--at", share(at));
    return tick;
  });
  const track = h(
    "div",
    {
      class: "meter-track",
      attrs: {
        role: "meter",
        "aria-label": label,
        "aria-valuemin": 0,
        "aria-valuemax": Math.max(max, value),
        "aria-valuenow": value,
        "aria-valuetext": `${figure(value)}, ${words.shelf.level[level]}`,
        "aria-describedby": id,
      },
    },
    fill,
    ...ticks,
  );
  return h(
    "div",
    { class: "meter", attrs: { "data-level": level, "data-key": meter.key, title: help } },
    h(
      "div",
      { class: "meter-head" },
      h("span", { text: capital(label) }, h("i", { class: "symbol", text: symbol })),
      h(
        "span",
        { class: "meter-value" },
        `${words.shelf.level[level]} `,
        h("span", { class: "figures", text: figure(value) }),
      ),
    ),
    track,
    h(
      "ul",
      { class: "meter-marks" },
      ...marks.map(({ at, label, help }) =>
        h("li", { attrs: { title: help } }, h("span", { class: "figures", text: figure(at) }), ` ${label}`),
      ),
    ),
    h("p", { class: "meter-expect", text: expect, attrs: { id } }),
  );
}

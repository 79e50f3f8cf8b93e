/** How full the network is, or whatever else the machine measures of what is stored, beside what that lets expect. */
import type { Meter } from "../../engine/types";
import { capital, figure, sentence } from "../../figures";
import * as words from "../../messages";
import { attribute, freshId, h } from "../kit/dom";

/** Letters of a mark's name that fit side by side under the narrowest scale. */
const LETTERS = 38;

/** Meters that were opened, by key: they are drawn anew after every edit, and stay open. */
const opened = new Set<string>();

/** In short: where it stands and one sentence; pressed, all there is to say of it. */
export function drawMeter(meter: Meter): HTMLElement {
  const { key, label, symbol, help, value, max, marks, level, expect } = meter;
  const [first, rest] = apart(expect);
  const share = (at: number) => `${100 * Math.max(0, Math.min(1, at / max))}%`;
  const [id, moreId] = [freshId(), freshId()];
  const fill = h("span", { class: "meter-fill" });
  fill.style.setProperty("--share", share(value));
  const says = words.shelf.level[level];
  const track = h(
    "div",
    {
      class: "meter-track",
      attrs: {
        role: "meter",
        "aria-label": capital(label),
        "aria-valuemin": 0,
        "aria-valuemax": Math.max(max, value),
        "aria-valuenow": value,
        "aria-valuetext": `${figure(value)}, ${says}`,
        "aria-describedby": id,
      },
    },
    fill,
  );
  const scale = h("div", { class: "meter-scale", attrs: { "aria-hidden": "true" } });
  const lefts = spread(
    marks.map(({ at }) => at / max),
    marks.map(({ label }) => (label.length + 2) / LETTERS),
  );
  for (const [i, { at, label }] of marks.entries()) {
    const tick = h("span", { class: "meter-tick" });
    tick.style.setProperty("--at", share(at));
    track.append(tick);
    const name = h("span", { class: "meter-mark", text: label });
    name.style.setProperty("--at", `${100 * (lefts[i] ?? 0)}%`);
    scale.append(name);
  }
  const more = h(
    "div",
    { class: "meter-more", attrs: { id: moreId, role: "group", "aria-label": capital(label), tabindex: 0 } },
    rest ? h("p", { text: rest }) : null,
    h(
      "p",
      {},
      h("i", { text: symbol }),
      " ",
      h("span", { class: "figures", text: figure(value) }),
      ` · ${sentence(help)}`,
    ),
    ...marks.map(({ at, label, help }) =>
      h("p", {}, h("span", { class: "figures", text: figure(at) }), ` ${label} · ${sentence(help)}`),
    ),
  );
  const show = (open: boolean) => {
    more.hidden = !open;
    attribute(head, "aria-expanded", String(open));
    if (open) opened.add(key);
    else opened.delete(key);
  };
  const head = h(
    "button",
    {
      class: "meter-head",
      attrs: { type: "button", "aria-controls": moreId },
      on: { click: () => show(more.hidden === true) },
    },
    h("span", { class: "meter-label", text: capital(label) }),
    h("span", { class: "figures", text: figure(value) }),
    h("span", { class: "meter-level", text: says }),
  );
  show(opened.has(key));
  return h(
    "div",
    { class: "meter", attrs: { "data-level": level, "data-key": key } },
    head,
    track,
    scale,
    h("p", { class: "meter-expect", text: first, attrs: { id } }),
    more,
  );
}

/** Left ends of names that stand under their marks, as nearly as they may without one lying on another; as shares. */
function spread(at: readonly number[], widths: readonly number[]): number[] {
  const lefts: number[] = [];
  let free = 0;
  for (const [i, middle] of at.entries()) {
    const width = widths[i] ?? 0;
    const left = Math.max(free, middle - width / 2);
    lefts.push(left);
    free = left + width;
  }
  let end = 1;
  for (let i = lefts.length - 1; i >= 0; i--) {
    const left = Math.max(0, Math.min(lefts[i] ?? 0, end - (widths[i] ?? 0)));
    lefts[i] = left;
    end = left;
  }
  return lefts;
}

/** The first sentence, and the others. */
function apart(text: string): [string, string] {
  const first = /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  return [first, text.slice(first.length).trim()];
}

/** Why a neuron turns as it does: the voices it hears, loudest first, and as colours on the picture. */
import type { Explanation, SessionInfo } from "../engine/types";
import { signed, words } from "../messages";
import { iconButton } from "./buttons";
import { h } from "./dom";
import type { Stage } from "./stage";

const LOUDEST = 8;

export class Explain {
  private readonly element = h("div", { class: "explain", attrs: { hidden: true, "aria-live": "polite" } });

  constructor(
    private readonly charts: HTMLElement,
    private readonly stage: Stage,
  ) {
    charts.after(this.element);
  }

  show(explanation: Explanation, { width, height }: SessionInfo): void {
    const { unit, field, bias, state, next, contributions } = explanation;
    const place = (index: number): [number, number] => [index % width, Math.floor(index / width)];
    const overlay = new Float32Array(width * height);
    const loudest = Math.abs(contributions[0]?.value ?? 0) || 1;
    for (const { unit, value } of contributions) overlay[unit] = value / loudest;
    this.stage.lay(overlay, unit);
    const voices = contributions.slice(0, LOUDEST).map(({ unit, value }) =>
      h("li", {
        class: value < 0 ? "voice cool" : "voice warm",
        text: words.explain.voice(...place(unit), signed(value, 3)),
      }),
    );
    this.element.replaceChildren(
      h(
        "div",
        { class: "explain-head" },
        h("h2", { class: "part-title", text: words.explain.title(...place(unit)) }),
        iconButton("close", words.explain.close, () => this.close(), "quiet"),
      ),
      h("p", { text: words.explain.verdict(signed(field), next, state) }),
      ...(bias !== 0 ? [h("p", { text: words.explain.bias(signed(bias)) })] : []),
      h("h3", { text: words.explain.strongest }),
      h("ol", { class: "voices figures" }, ...voices),
      h("p", { class: "field-help", text: words.explain.legend }),
    );
    this.element.hidden = false;
    this.charts.hidden = true;
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.charts.hidden = false;
    this.stage.lay(null);
  }
}

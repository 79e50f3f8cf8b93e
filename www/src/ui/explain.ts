/** Why a cell turns as it does: the voices it hears, loudest first, and as colours on the picture. */
import type { Explanation, SessionInfo } from "../engine/types";
import { signed } from "../figures";
import { words } from "../messages";
import { h } from "./dom";
import { panelHead, type Side } from "./side";
import type { Stage } from "./stage";

const LOUDEST = 8;

export class Explain {
  private readonly element = h("div", { class: "explain", attrs: { "aria-live": "polite" } });

  constructor(
    private readonly side: Side,
    private readonly stage: Stage,
  ) {
    side.add(this.element);
  }

  show(explanation: Explanation, { width, height }: SessionInfo): void {
    const { unit, field, bias, state, next, contributions } = explanation;
    const place = (index: number): [number, number] => [index % width, Math.floor(index / width)];
    const values = new Float32Array(width * height);
    for (const { unit, value } of contributions) values[unit] = value;
    const scale = Math.abs(contributions[0]?.value ?? 0) || 1;
    const seen = this.stage.lay("voices", { palette: "signed", scale, width, height, values, instead: false }, unit);
    const voices = contributions.slice(0, LOUDEST).map(({ unit, value }) =>
      h("li", {
        class: value < 0 ? "voice cool" : "voice warm",
        text: words.explain.voice(...place(unit), signed(value, 3)),
      }),
    );
    this.element.replaceChildren(
      panelHead(h("h2", { class: "part-title", text: words.explain.title(...place(unit)) }), () => this.close()),
      h("p", { text: words.explain.verdict(signed(field), next, state) }),
      ...(bias !== 0 ? [h("p", { text: words.explain.bias(signed(bias)) })] : []),
      h("h3", { text: words.explain.strongest }),
      h("ol", { class: "voices figures" }, ...voices),
      ...(seen ? [h("p", { class: "field-help", text: words.explain.legend })] : []),
    );
    this.side.turn(this.element, true);
  }

  close(): void {
    this.side.turn(this.element, false);
    this.stage.lay("voices", null);
  }
}

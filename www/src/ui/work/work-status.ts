/** Whether the visitor's work is kept, in the top line: two words and a sign, with more behind them. */
import * as words from "../../messages";
import type { Work, WorkStatus } from "../../state/work";
import { attribute, h, setText } from "../kit/dom";
import { type IconName, icon } from "../kit/icons";

const TROUBLE: readonly WorkStatus[] = ["refused", "full", "large"];

export class WorkStatusLine {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly sign = h("span", { class: "work-sign" });
  private readonly text = h("span", { class: "work-words" });
  /** Read out only when there is trouble: that all is well is no news. */
  private readonly said = h("span", { class: "unseen", attrs: { role: "status" } });
  private shown: WorkStatus | null = null;

  constructor(explain: () => void) {
    this.button = h(
      "button",
      {
        class: "button quiet work-status",
        attrs: { type: "button", title: words.work.explain, "data-does": "work" },
        on: { click: explain },
      },
      this.sign,
      this.text,
    );
    this.element = h("div", { class: "work-place" }, this.button, this.said);
  }

  show({ status }: Work): void {
    if (status === this.shown) return;
    this.shown = status;
    const trouble = TROUBLE.includes(status);
    const name: IconName = trouble ? "warning" : status === "saving" ? "more" : "kept";
    const short = trouble ? words.work.unsaved : status === "saving" ? words.work.saving : words.work.saved;
    this.sign.replaceChildren(icon(name));
    setText(this.text, short);
    attribute(this.button, "aria-label", `${short}. ${words.work.explain}`);
    this.button.classList.toggle("trouble", trouble);
    // It keeps its place, so that nothing moves when there is something to say.
    this.button.classList.toggle("unneeded", status === "untouched");
    setText(this.said, trouble ? words.work[status as "refused"] : "");
  }
}

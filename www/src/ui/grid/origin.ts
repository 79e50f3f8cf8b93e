/** What the run began from, in small beside what it came to; a press leads back there. */
import type { Cells, Frame } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Theme } from "../../views/theme";
import { drawThumbnail } from "../../views/thumbnail";
import { attribute, h } from "../kit/dom";

export class Origin {
  private readonly canvas = h("canvas", { class: "thumb", attrs: { "aria-hidden": "true" } });
  private readonly button: HTMLButtonElement;
  private drawn: Cells | null = null;

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    private readonly theme: () => Theme,
    /** Where the keyboard goes on when this goes: to what runs it again. */
    private readonly leave: () => void,
  ) {
    const { origin, originShort } = words.grid;
    this.button = h(
      "button",
      {
        class: "origin",
        attrs: { type: "button", "aria-label": origin, title: origin, "data-idle": true },
        on: { click: () => session.origin && session.goTo(session.origin.time) },
      },
      h("span", { class: "origin-word", text: originShort, attrs: { "aria-hidden": "true" } }),
      this.canvas,
    );
    root.append(this.button);
  }

  /** It keeps its place while there is nothing to compare with. */
  show(frame: Frame): void {
    const { origin } = this.session;
    const idle = origin === null || frame.time <= origin.time;
    if (idle && document.activeElement === this.button) this.leave();
    attribute(this.button, "data-idle", idle);
    if (origin && origin.cells !== this.drawn) this.draw();
  }

  draw(): void {
    const { origin, info } = this.session;
    if (!origin || !info || origin.cells.length !== info.width * info.height) return;
    const { width, height } = info;
    this.drawn = origin.cells;
    drawThumbnail(this.canvas, { width, height, cells: origin.cells }, this.theme());
  }
}

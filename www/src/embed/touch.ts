/**
 * A finger that scrolls past must scroll: the picture takes no touch until it has been tapped once. A touch anywhere
 * else, or scrolling away, gives the scroll back.
 */
import * as words from "../messages";
import { attribute, h, setText } from "../ui/kit/dom";
import { icon } from "../ui/kit/icons";

export class TouchGuard {
  private held = false;
  private tapping = false;
  private readonly word = h("span", { text: words.embed.touchToPlay });
  /** Shown only on screens that are touched; the picture itself is tapped. */
  private readonly sign = h("p", { class: "touch-sign", attrs: { "aria-hidden": "true" } }, icon("play"), this.word);
  private readonly line = h("p", { class: "touch-line" });

  constructor(
    private readonly stage: HTMLElement,
    picture: HTMLElement,
    private readonly taken: () => void,
  ) {
    picture.append(this.sign);
    picture.after(this.line);
    // Before the picture hears of it.
    picture.addEventListener("pointerdown", (event) => this.down(event), { capture: true });
    picture.addEventListener("pointercancel", () => {
      this.tapping = false;
    });
    picture.addEventListener("click", () => {
      if (this.tapping) this.hold(true);
      this.tapping = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (!picture.contains(event.target as Node)) this.hold(false);
    });
    addEventListener("blur", () => this.hold(false));
    this.hold(false);
  }

  /** Whether there is something to play yet: the sign goes once it has begun. */
  show(begun: boolean): void {
    attribute(this.sign, "data-quiet", begun);
  }

  release(): void {
    this.hold(false);
  }

  private down(event: PointerEvent): void {
    if (event.pointerType !== "touch" || this.held) return;
    this.tapping = true;
    event.stopPropagation();
  }

  private hold(held: boolean): void {
    if (held && !this.held) this.taken();
    this.held = held;
    this.stage.toggleAttribute("data-held", held);
    setText(this.line, held ? words.embed.touchBeside : words.embed.touchToDraw);
  }
}

/**
 * The way from the embed to the page, with the experiment. Where the page's address is not known, or the frame may not
 * open it, the link is there to copy.
 */
import * as words from "../messages";
import { settled } from "../state/latest";
import { wordButton } from "../ui/kit/buttons";
import { copyButton } from "../ui/kit/copy-button";
import { freshId, h, setText } from "../ui/kit/dom";

/** An edit is in the link so soon after it, in milliseconds. */
const SOON = 100;
/** A tab that opens hides this one within so many milliseconds. */
const OPENS = 700;

export class LabLink {
  private readonly link = h("a", {
    text: words.embed.open,
    attrs: { target: "_blank", rel: "noopener", "data-does": "open-lab" },
    on: { click: (event) => this.click(event) },
  });
  private readonly field = h("input", { class: "link", attrs: { type: "text", readonly: true, id: freshId() } });
  private readonly why = h("label", { class: "field-help", attrs: { for: this.field.id } });
  private readonly takeAway = h(
    "div",
    { class: "take-away", attrs: { hidden: true } },
    this.why,
    h("div", { class: "link-row" }, this.field, copyButton(this.field, "copy-link")),
  );
  private fresh = false;
  private readonly soon = settled(SOON, () => this.refresh());

  /**
   * `hash` is the experiment's link as it is now, or null while there is no engine to ask; `lab` is the page's address,
   * if that is known. `kind` is how it looks: as a link among words, or as a button.
   */
  constructor(
    root: HTMLElement,
    private readonly hash: () => Promise<string | null>,
    private readonly lab: string | null,
    kind: "lab-link" | "button main" = "lab-link",
  ) {
    const copy = wordButton(
      words.embed.copyLink,
      () => void this.offer(words.embed.noLab),
      kind === "lab-link" ? "quiet" : "main",
    );
    copy.dataset.does = "copy-hash";
    this.link.className = kind;
    root.append(lab === null ? copy : this.link, this.takeAway);
  }

  /** The experiment was changed. */
  describe(): void {
    this.fresh = false;
    this.soon(null);
  }

  /** The address with the experiment as it is now. */
  private async refresh(): Promise<string | null> {
    const hash = await this.hash();
    if (hash === null) return null;
    const address = `${this.lab ?? ""}#${hash}`;
    if (this.lab !== null) this.link.href = address;
    this.fresh = true;
    return address;
  }

  private click(event: MouseEvent): void {
    if (!this.fresh) {
      event.preventDefault();
      void this.refresh().then((address) => address !== null && this.link.click());
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    // A frame is not told that it may not open a tab.
    setTimeout(() => {
      if (!document.hidden && document.hasFocus()) void this.offer(words.embed.noTab);
    }, OPENS);
  }

  private async offer(why: string): Promise<void> {
    const address = await this.refresh();
    if (address === null) return;
    this.field.value = address;
    setText(this.why, why);
    this.takeAway.hidden = false;
    if (this.lab === null) this.takeAway.querySelector("button")?.click();
  }
}

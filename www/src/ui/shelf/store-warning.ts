/** Said in place before a picture is stored that is too like a memory: with the number, and a way to store it anyway. */
import * as words from "../../messages";
import type { Twin } from "../../state/alike";
import { wordButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";

export class StoreWarning {
  private readonly text = h("p", { attrs: { role: "status" } });
  private readonly buttons: HTMLElement;
  readonly element: HTMLElement;
  /** State that it is about. */
  private hash = "";

  constructor(store: () => void, back: HTMLElement) {
    const anyway = wordButton(words.shelf.storeAnyway, () => {
      this.close();
      store();
    });
    anyway.dataset.does = "store-anyway";
    const leave = wordButton(words.shelf.leave, () => {
      this.close();
      back.focus();
    });
    this.buttons = h("div", { class: "button-row", attrs: { hidden: true } }, anyway, leave);
    this.element = h("div", { class: "store-warning" }, this.text, this.buttons);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.close();
      back.focus();
    });
  }

  show(twin: Twin, hash: string): void {
    this.hash = hash;
    setText(this.text, words.shelf.alike(twin));
    this.buttons.hidden = false;
    this.buttons.querySelector("button")?.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** Another picture is another question. */
  saw(hash: string): void {
    if (this.hash !== "" && hash !== this.hash) this.close();
  }

  close(): void {
    this.hash = "";
    setText(this.text, "");
    this.buttons.hidden = true;
  }
}

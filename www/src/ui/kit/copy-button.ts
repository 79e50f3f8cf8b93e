/** A button that copies a field, and says that it did. */
import * as words from "../../messages";
import { copyFrom, wordButton } from "./buttons";
import { h, setText } from "./dom";

export function copyButton(field: HTMLInputElement | HTMLTextAreaElement, does: string): HTMLButtonElement {
  const said = h("span", { class: "unseen", attrs: { role: "status" } });
  const button = wordButton(words.share.copy, () => {
    void copyFrom(field).then((done) => {
      const text = done ? words.share.copied : words.share.copyFailed;
      setText(said, text);
      if (done && label) setText(label, text);
      setTimeout(() => label && setText(label, words.share.copy), 2000);
    });
  });
  const label = button.querySelector("span");
  button.dataset.does = does;
  button.append(said);
  return button;
}

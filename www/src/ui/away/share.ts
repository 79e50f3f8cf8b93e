/** The experiment to take away: as a link, and as a spec. */
import * as words from "../../messages";
import { copyFrom, wordButton } from "../kit/buttons";
import { openDialog } from "../kit/dialog";
import { freshId, h, setText } from "../kit/dom";
import { saveFile } from "../kit/files";

/** `address` is null if a link cannot hold the experiment; `file` is the name of the spec as a file. */
export function openShare(address: string | null, spec: string, file: string): void {
  const link = h("input", {
    class: "link",
    attrs: { type: "text", readonly: true, id: freshId() },
    on: { focus: () => link.select() },
  });
  link.value = address ?? "";
  const text = h("textarea", {
    class: "spec figures",
    attrs: { readonly: true, rows: 10, spellcheck: "false", id: freshId() },
  });
  text.value = spec;
  const copyLink = copyButton(link, "copy-link");
  const copySpec = copyButton(text, "copy-spec");
  openDialog(
    words.share.title,
    "share",
    ...(address === null
      ? [h("p", { text: words.share.tooLong })]
      : [
          h("label", { class: "field-name", text: words.share.link, attrs: { for: link.id } }),
          h("div", { class: "link-row" }, link, copyLink),
          h("p", { class: "field-help figures", text: words.share.length(address.length) }),
        ]),
    h(
      "dl",
      { class: "share-facts" },
      h("dt", { text: words.share.inIt }),
      h("dd", { text: words.share.holds }),
      h("dt", { text: words.share.notInIt }),
      h("dd", { text: words.share.lacks }),
    ),
    h("label", { class: "field-name", text: words.share.spec, attrs: { for: text.id } }),
    text,
    h("p", { class: "field-help", text: words.share.specHelp }),
    h(
      "div",
      { class: "button-row" },
      copySpec,
      wordButton(words.share.download, () => saveFile(spec, "application/json", file)),
    ),
  );
  (address === null ? copySpec : copyLink).focus();
}

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

/** The experiment to take away: as a link, and as a spec. */
import * as words from "../../messages";
import { wordButton } from "../kit/buttons";
import { copyButton } from "../kit/copy-button";
import { openDialog } from "../kit/dialog";
import { freshId, h } from "../kit/dom";
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

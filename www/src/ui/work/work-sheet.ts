/** What is kept of the visitor's work and where; and the way back to an experiment as it was opened. */
import * as words from "../../messages";
import * as laterWords from "../../messages/later";
import type { Work } from "../../state/work";
import { wordButton } from "../kit/buttons";
import { copyButton } from "../kit/copy-button";
import { type Dialog, openDialog } from "../kit/dialog";
import { h } from "../kit/dom";

/** The two ways out of a browser that keeps nothing. */
export interface WaysOut {
  /** Null if a link cannot hold the experiment. */
  address: string | null;
  saveSpec(): void;
}

export function openWorkSheet(work: Work, recent: HTMLElement | null, { address, saveSpec }: WaysOut): Dialog {
  const says = laterWords.keeping;
  const { status } = work;
  const text = status === "untouched" ? says.untouched : status === "saving" ? says.savedText : null;
  const trouble = text === null && status !== "saved" ? words.work[status as "refused"] : null;
  const content = [h("p", { text: text ?? trouble ?? says.savedText })];
  if (trouble) {
    const link = h("input", { class: "link", attrs: { type: "text", readonly: true, "aria-label": says.copyLink } });
    link.value = address ?? "";
    content.push(
      h("p", { text: address === null ? words.share.tooLong : says.instead }),
      ...(address === null ? [] : [h("div", { class: "link-row" }, link, copyButton(link, "copy-link"))]),
      h("div", { class: "button-row" }, wordButton(says.saveFile, saveSpec)),
    );
  }
  return openDialog(says.title, "work", ...content, ...(recent ? [recent] : []));
}

/** Asks before an experiment is opened afresh. */
export function askAfresh(title: string, work: Work, afresh: () => void, exportFirst: () => void): void {
  const says = laterWords.keeping;
  const lost = ["refused", "full", "large"].includes(work.status);
  const choose = (then: () => void) => () => {
    dialog.close();
    then();
  };
  const go = wordButton(says.resetDo, choose(afresh), "main");
  go.dataset.does = "afresh";
  const cancel = wordButton(
    says.resetCancel,
    choose(() => undefined),
  );
  const dialog = openDialog(
    says.resetTitle(title || words.page.ownExperiment),
    "work",
    h("p", { text: says.resetText }),
    h("p", { text: lost ? says.resetLost : says.resetKept }),
    h("div", { class: "button-row" }, go, wordButton(says.resetExport, choose(exportFirst)), cancel),
  );
  cancel.focus();
}

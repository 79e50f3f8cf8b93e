/** Short news at the foot of the page, with one thing to do about it. */
import * as words from "../../messages";
import { iconButton, wordButton } from "./buttons";
import { h } from "./dom";

/** News goes by itself after this many milliseconds; warnings stay. */
const STAY = 8000;
const MOST = 3;

export interface NoticeAction {
  label: string;
  press(): void;
}

/** Tells that a run was branched off, for as long as one undo brings the other one back. */
export function branchNotice(notices: Notices, undo: () => void): (time: number | null) => void {
  let leave = () => {};
  return (time) => {
    leave();
    leave = () => {};
    if (time !== null) leave = notices.tell(words.run.branched(time), { label: words.run.undoShort, press: undo });
  };
}

export class Notices {
  constructor(private readonly root: HTMLElement) {}

  /** Returns what takes it away before its time. */
  tell(text: string, action: NoticeAction | null = null): () => void {
    return this.put(text, action, "", STAY);
  }

  warn(text: string, list: readonly string[] = []): void {
    this.put(text, null, "warning", null, list);
  }

  private put(
    text: string,
    action: NoticeAction | null,
    kind: string,
    stay: number | null,
    list: readonly string[] = [],
  ): () => void {
    for (const old of this.root.children) if (old.firstElementChild?.textContent === text) old.remove();
    const body = h("div", { class: "notice-text" }, h("p", { text }));
    if (list.length > 0) body.append(h("ul", {}, ...list.map((line) => h("li", { text: line }))));
    const element = h("div", { class: `notice ${kind}` }, body);
    const gone = () => element.remove();
    if (action) {
      const act = () => {
        gone();
        action.press();
      };
      element.append(wordButton(action.label, act, "inverse"));
    }
    element.append(iconButton("close", words.trouble.dismiss, gone, "inverse"));
    // What lies under a dialog is neither seen nor pressed: news comes with it.
    const place = document.querySelector("dialog[open]") ?? document.body;
    if (this.root.parentElement !== place) place.append(this.root);
    this.root.append(element);
    while (this.root.children.length > MOST) this.root.firstElementChild?.remove();
    if (stay === null) return gone;
    // Whoever reaches for it has the time they need.
    const leave = () => {
      if (element.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else gone();
    };
    setTimeout(leave, stay);
    return gone;
  }
}

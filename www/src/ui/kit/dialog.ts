/** A modal dialog: title, close button, Escape, and a click beside it. It lives in the page only while it is open. */
import * as words from "../../messages";
import { iconButton } from "./buttons";
import { freshId, h } from "./dom";

export interface Dialog {
  element: HTMLDialogElement;
  close(): void;
}

export function openDialog(title: string, kind: string, ...content: Node[]): Dialog {
  const id = freshId();
  const opener = document.activeElement;
  const element = h("dialog", { class: `dialog ${kind}`, attrs: { "aria-labelledby": id } });
  // Not when the event of closing comes: keys and clicks may overtake it, and would go to what is no longer seen.
  const away = () => {
    if (!element.isConnected) return;
    removeEventListener("popstate", close);
    // News that came while it was open stays.
    document.body.append(...element.querySelectorAll(":scope > .notices"));
    element.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
  const close = () => {
    HTMLDialogElement.prototype.close.call(element);
    away();
  };
  element.close = close;
  const head = h(
    "div",
    { class: "dialog-head" },
    h("h2", { text: title, attrs: { id } }),
    iconButton("close", words.page.close, close, "quiet"),
  );
  element.append(h("div", { class: "dialog-body" }, head, ...content));
  element.addEventListener("click", (event) => {
    if (event.target === element) close();
  });
  // Back leads to another experiment, and this is about the one that is open.
  addEventListener("popstate", close);
  // Escape; the second one in a row need not ask.
  element.addEventListener("cancel", (event) => event.target === element && close());
  element.addEventListener("close", away);
  document.body.append(element);
  element.showModal();
  return { element, close };
}

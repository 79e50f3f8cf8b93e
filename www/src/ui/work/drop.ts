/**
 * What is dropped or pasted anywhere on the page: pictures become memories, files of many pictures are to be learned from,
 * a spec, a link or a file of weights is opened. Where text is being written a paste is just that.
 */
import * as words from "../../messages";
import { h } from "../kit/dom";
import type { Notices } from "../kit/notices";

export interface DropTarget {
  images(files: readonly File[]): void;
  /** Pictures to learn from: files of data, or whatever is dropped on the dialog that asks for them. */
  sets(files: readonly File[]): void;
  /** A link, or the text of a spec. */
  text(text: string): void;
  /** A file of what a network has learned. */
  learned(file: File): void;
  /** An experiment is open, and takes pictures. */
  takesImages(): boolean;
  /** It learns from sets of pictures. */
  takesSets(): boolean;
  ready(): boolean;
}

const WRITES = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";

export function listenForDrops(target: DropTarget, notices: Notices): void {
  const veil = h(
    "div",
    { class: "drop-veil", attrs: { hidden: true, "aria-hidden": "true" } },
    h("p", { text: words.page.drop }),
  );
  document.body.append(veil);
  /** What becomes of it is fetched once there is something. */
  const take = async (work: (part: typeof import("./take")) => unknown) => {
    const part = await import("./take").catch(() => notices.warn(words.trouble.later));
    if (part) await work(part);
  };
  /** A drag that began on the page itself brings nothing new. */
  let own = false;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const lift = () => {
    veil.hidden = true;
  };
  document.addEventListener("dragstart", () => {
    own = true;
  });
  document.addEventListener("dragend", () => {
    own = false;
  });
  document.addEventListener("dragover", (event) => {
    if (own || !target.ready() || !brings(event.dataTransfer)) return;
    // Text goes where it is dropped, if that takes text.
    if (!hasFiles(event.dataTransfer) && isWritten(event.target)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    const place = document.querySelector("dialog[open]") ?? document.body;
    if (veil.parentElement !== place) place.append(veil);
    veil.hidden = false;
    // It comes again and again while something is held over the page; leaving tells less surely.
    clearTimeout(leaving);
    leaving = setTimeout(lift, 400);
  });
  document.addEventListener("drop", (event) => {
    const { dataTransfer } = event;
    if (veil.hidden || !dataTransfer) return;
    event.preventDefault();
    clearTimeout(leaving);
    lift();
    const files = [...dataTransfer.files];
    if (files.length > 0) void take((part) => part.takeFiles(files, target, notices));
    else {
      const text = dataTransfer.getData("text/uri-list") || dataTransfer.getData("text/plain");
      void take((part) => part.takeText(text, target, notices, true));
    }
  });
  document.addEventListener("paste", (event) => {
    const { clipboardData } = event;
    if (!clipboardData || !target.ready()) return;
    const files = [...clipboardData.files];
    const text = clipboardData.getData("text/plain");
    if (isWritten(event.target) && (files.length === 0 || text !== "")) return;
    if (files.length > 0) void take((part) => part.takeFiles(files, target, notices));
    else if (!document.querySelector("dialog[open]")) void take((part) => part.takeText(text, target, notices, false));
  });
}

const brings = (data: DataTransfer | null): boolean =>
  ["Files", "text/uri-list", "text/plain"].some((type) => data?.types.includes(type));
const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;
const isWritten = (target: EventTarget | null): boolean => target instanceof Element && target.closest(WRITES) !== null;

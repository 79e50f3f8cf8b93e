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
  ready(): boolean;
}

/** More than any spec that is read: what is longer is not even looked at. */
const LONGEST_SPEC = 8e6;
/** Names of files of many pictures. */
export const DATA = /\.(csv|tsv|npy|idx|bin)$|ubyte$/i;
const WRITES = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";

export function listenForDrops(target: DropTarget, notices: Notices): void {
  const veil = h(
    "div",
    { class: "drop-veil", attrs: { hidden: true, "aria-hidden": "true" } },
    h("p", { text: words.drop.here }),
  );
  document.body.append(veil);
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
    if (files.length > 0) void takeFiles(files, target, notices);
    else takeText(dataTransfer.getData("text/uri-list") || dataTransfer.getData("text/plain"), target, notices, true);
  });
  document.addEventListener("paste", (event) => {
    const { clipboardData } = event;
    if (!clipboardData || !target.ready()) return;
    const files = [...clipboardData.files];
    const text = clipboardData.getData("text/plain");
    if (isWritten(event.target) && (files.length === 0 || text !== "")) return;
    if (files.length > 0) void takeFiles(files, target, notices);
    else if (!document.querySelector("dialog[open]")) takeText(text, target, notices, false);
  });
}

const brings = (data: DataTransfer | null): boolean =>
  ["Files", "text/uri-list", "text/plain"].some((type) => data?.types.includes(type));
const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;
const isWritten = (target: EventTarget | null): boolean => target instanceof Element && target.closest(WRITES) !== null;
const isSpec = ({ name, type }: File): boolean =>
  type === "application/json" || (type === "text/plain" && /\.(txt|json)$/i.test(name)) || /\.json$/i.test(name);

async function takeFiles(files: readonly File[], target: DropTarget, notices: Notices): Promise<void> {
  const weights = files.find(({ name }) => /\.(safetensors|npz)$/i.test(name));
  if (weights) {
    closeDialogs();
    target.learned(weights);
    return;
  }
  const [spec, ...others] = files.filter(isSpec);
  if (!spec) {
    if (files.some(({ name }) => DATA.test(name)) || document.querySelector("dialog.sets[open]")) {
      target.sets(files);
      return;
    }
    if (target.takesImages()) target.images(files);
    else notices.warn(words.drop.noImages);
    return;
  }
  if (spec.size > LONGEST_SPEC) {
    notices.warn(words.drop.tooLong(spec.name));
    return;
  }
  const left = files.length - 1;
  try {
    open(target, (await spec.text()).trim());
    if (left > 0) notices.warn(words.drop.oneOf(spec.name, left, others.length === left));
  } catch {
    notices.warn(words.drop.unreadable(spec.name));
  }
}

/** What is in a dialog is about the experiment that goes. */
function closeDialogs(): void {
  for (const dialog of document.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
}

function open(target: DropTarget, text: string): void {
  closeDialogs();
  target.text(text);
}

function takeText(text: string, target: DropTarget, notices: Notices, dropped: boolean): void {
  const bare = text.trim();
  if (bare.startsWith("{") || /(^|#)v=\d/.test(bare)) open(target, bare);
  else if (dropped) notices.warn(words.drop.nothing);
}

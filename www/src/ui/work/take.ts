/** What becomes of files and texts that were dropped or pasted. */
import * as laterWords from "../../messages/later";
import type { Notices } from "../kit/notices";
import type { DropTarget } from "./drop";

/** More than any spec that is read: what is longer is not even looked at. */
const LONGEST_SPEC = 8e6;

/** Whether a file holds many pictures, by its name. */
export const isData = ({ name }: File): boolean => /\.(csv|tsv|npy|idx|bin)$|ubyte$/i.test(name);

const isSpec = ({ name, type }: File): boolean =>
  type === "application/json" || (type === "text/plain" && /\.(txt|json)$/i.test(name)) || /\.json$/i.test(name);

export async function takeFiles(files: readonly File[], target: DropTarget, notices: Notices): Promise<void> {
  const { drop } = laterWords;
  const weights = files.find(({ name }) => /\.(safetensors|npz)$/i.test(name));
  if (weights) {
    closeDialogs();
    target.learned(weights);
    return;
  }
  const [spec, ...others] = files.filter(isSpec);
  if (!spec) {
    if (files.some(isData) || document.querySelector("dialog.sets[open]")) target.sets(files);
    else if (target.takesImages()) target.images(files);
    else if (target.takesSets()) target.sets(files);
    else notices.warn(drop.noImages);
    return;
  }
  if (spec.size > LONGEST_SPEC) {
    notices.warn(drop.tooLong(spec.name));
    return;
  }
  const left = files.length - 1;
  try {
    open(target, (await spec.text()).trim());
    if (left > 0) notices.warn(drop.oneOf(spec.name, left, others.length === left));
  } catch {
    notices.warn(drop.unreadable(spec.name));
  }
}

/** `dropped`: somebody meant this text for the page. */
export function takeText(text: string, target: DropTarget, notices: Notices, dropped: boolean): void {
  const bare = text.trim();
  if (bare.startsWith("{") || /(^|#)v=\d/.test(bare)) open(target, bare);
  else if (dropped) notices.warn(laterWords.drop.nothing);
}

function open(target: DropTarget, text: string): void {
  closeDialogs();
  target.text(text);
}

/** What is in a dialog is about the experiment that goes. */
function closeDialogs(): void {
  for (const dialog of document.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
}

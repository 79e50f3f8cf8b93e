/** Files to take away: saved by the browser, named after the experiment. */
import * as words from "../../messages";
import { h } from "./dom";

/** Longest name without its ending, in characters. */
const LONGEST = 60;

/** A file's name that every system takes. */
export function fileName(title: string, part: string, ending: string): string {
  const plain = [title, part]
    .join(" ")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-|-$/g, "");
  return `${plain || words.share.name}.${ending}`;
}

export function saveFile(content: Blob | string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  h("a", { attrs: { href: address, download: name } }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

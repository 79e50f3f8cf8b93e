/** One of the places that pictures to learn from come from, as the dialog shows it. */
import type { OwnSet, Size } from "../../engine/types";
import { h } from "../kit/dom";

/** The part of the pictures that is kept back if nothing is said. */
export const SHARE = 0.2;

/** A file of pictures as the engine reads it. */
export interface Raw {
  file: Uint8Array;
  labels: Uint8Array | null;
  size: Size | null;
}

export interface Source {
  element: HTMLElement;
  /** What there is to be read now; null if there is nothing yet. */
  raw(): Raw | null;
  /** What it came to. */
  found?(set: OwnSet): void;
  /** Files that were dropped. */
  take?(files: readonly File[]): void;
  /** The dialog is gone: nothing goes on. */
  stop?(): void;
}

/** A chooser of files, out of sight: a button presses it. */
export function chooser(attrs: Record<string, string | boolean>, take: (files: File[]) => void): HTMLInputElement {
  const input = h("input", {
    class: "unseen",
    attrs: { type: "file", tabindex: -1, "aria-hidden": "true", ...attrs },
    on: {
      change: () => {
        take([...(input.files ?? [])]);
        input.value = "";
      },
    },
  });
  return input;
}

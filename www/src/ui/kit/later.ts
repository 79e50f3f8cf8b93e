/** Parts of the page that are fetched only when they are asked for: a script each, and one style sheet for all. */
import * as words from "../../messages";
import { h } from "./dom";
import type { Notices } from "./notices";

let styles: Promise<void> | null = null;

/** The part, once it can be shown; null if it cannot be fetched, which is told. */
export async function later<T>(load: () => Promise<T>, notices: Notices): Promise<T | null> {
  try {
    const [part] = await Promise.all([load(), laterStyles()]);
    return part;
  } catch {
    notices.warn(words.trouble.later);
    return null;
  }
}

/** The style sheet of all of them. */
export function laterStyles(): Promise<void> {
  styles ??= dress();
  return styles;
}

function dress(): Promise<void> {
  return new Promise((resolve, reject) => {
    const href = new URL(ENGRAM_LATER_STYLES, import.meta.url).href;
    const link = h("link", {
      attrs: { rel: "stylesheet", href },
      on: {
        load: () => resolve(),
        error: () => {
          link.remove();
          styles = null;
          reject(new Error(href));
        },
      },
    });
    document.head.append(link);
  });
}

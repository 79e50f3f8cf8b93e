/**
 * The one door to what the browser keeps, for all tabs or for this one; it may be forbidden, full, or written by
 * somebody else.
 */
const PREFIX = "engram:";

/** What became of something that was to be kept. */
export type Kept = "kept" | "refused" | "full";

type Shelf = () => Storage;

const everywhere: Shelf = () => localStorage;
const here: Shelf = () => sessionStorage;

export function recall(key: string): unknown {
  return read(everywhere, key);
}

export function remember(key: string, value: unknown): Kept {
  return write(everywhere, key, value);
}

/** As `recall`, of what only this tab remembers; a copy of the tab has a copy of it. */
export function recallHere(key: string): unknown {
  return read(here, key);
}

export function rememberHere(key: string, value: unknown): Kept {
  return write(here, key, value);
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // What cannot be reached is not there.
  }
}

/** The keys that begin so, without the part that all have. */
export function keysWith(start: string): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? "");
    return keys.filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

function read(shelf: Shelf, key: string): unknown {
  try {
    return JSON.parse(shelf().getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

function write(shelf: Shelf, key: string, value: unknown): Kept {
  const text = JSON.stringify(value);
  try {
    shelf().setItem(PREFIX + key, text);
    // Some browsers take everything and keep nothing.
    return shelf().getItem(PREFIX + key)?.length === text.length ? "kept" : "refused";
  } catch (error) {
    return error instanceof DOMException && error.name.includes("Quota") ? "full" : "refused";
  }
}

/** The one door to localStorage, which may be forbidden, full, or written by somebody else. */
const PREFIX = "engram:";

export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A sandboxed or full storage only means that the choice ends with the visit.
  }
}

/** Keys and what they do, as tables: what listens for keys and the sheet that lists them read the same ones. */

export type KeyGroup = "run" | "time" | "draw" | "cell" | "shelf" | "page";

export interface Shortcut {
  group: KeyGroup;
  /** As KeyboardEvent.key has them, letters small. Each of them does it. */
  keys: readonly string[];
  /** With Ctrl, or the key that stands for it. */
  ctrl?: boolean;
  alt?: boolean;
  /** With Shift; of signs that need it anyhow it is not asked. */
  shift?: boolean;
  /** What it does. */
  what: string;
  press(key: string): void;
}

/** What a key pressed means; undefined if nothing. */
export function shortcutFor(table: readonly Shortcut[], event: KeyboardEvent): Shortcut | undefined {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sign = key.length === 1 && !/[\p{L}\s]/u.test(key);
  return table.find(
    ({ keys, ctrl = false, alt = false, shift = false }) =>
      keys.includes(key) &&
      ctrl === (event.ctrlKey || event.metaKey) &&
      alt === event.altKey &&
      (sign || shift === event.shiftKey),
  );
}

/** Keys that work anywhere on the page, except where keys mean something already. */
import * as words from "../messages";
import type { Session } from "../state/session";
import type { Store } from "../state/store";
import { TOOL_KEYS, TOOLS, type Tools } from "./grid/tools";
import { type Shortcut, shortcutFor } from "./kit/keys";
import { STEP_KEYS, type Transport } from "./run/transport";

const TAKES_KEYS =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]";
/** Where the space bar presses what has the focus. */
const TAKES_SPACE = "button, a, summary, input, [role=option], [role=application]";

/** What the keys of the page do for the experiment that is open. */
export function pageKeys(session: Session, tools: Tools, transport: Transport, sheet?: () => void): Shortcut[] {
  const keys = words.keys;
  const steps = session.info?.description.steps ?? [];
  const wide = (direction: number) => () => tools.widen(direction);
  return [
    { group: "run", keys: [" "], what: keys.play, press: () => session.toggle() },
    ...STEP_KEYS.slice(0, steps.length).map((key, place) => ({
      group: "run" as const,
      keys: [key],
      what: steps[place]?.label ?? "",
      press: () => session.stepBy(place),
    })),
    { group: "run", keys: ["r"], what: keys.restart, press: () => session.restart(null) },
    ...(session.has("spoil")
      ? [{ group: "run" as const, keys: ["s"], what: keys.spoil, press: () => void session.spoil() }]
      : []),
    { group: "time", keys: [","], what: keys.back, press: () => session.back() },
    { group: "time", keys: ["p"], what: keys.before, press: () => transport.jump(-1) },
    { group: "time", keys: ["n"], what: keys.after, press: () => transport.jump(1) },
    { group: "time", keys: ["z"], ctrl: true, what: keys.undo, press: () => session.undo() },
    { group: "time", keys: ["z"], ctrl: true, shift: true, what: keys.redo, press: () => session.redo() },
    { group: "time", keys: ["y"], ctrl: true, what: keys.redo, press: () => session.redo() },
    ...TOOLS.filter((tool) => tools.has(tool)).map((tool) => ({
      group: "draw" as const,
      keys: [TOOL_KEYS[tool]],
      what: keys.tools[tool],
      press: () => tools.choose(tool),
    })),
    { group: "draw", keys: ["["], what: keys.narrow, press: wide(-1) },
    { group: "draw", keys: ["]"], what: keys.wide, press: wide(1) },
    ...(sheet ? [{ group: "page" as const, keys: ["?"], what: keys.sheet, press: sheet }] : []),
  ];
}

export function listenForKeys(table: () => Shortcut[], store: Store, enabled: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || !enabled() || target.closest(TAKES_KEYS)) return;
    const shortcut = shortcutFor(table(), event);
    if (!shortcut || (!shortcut.ctrl && !store.get("keys"))) return;
    if (event.key === " " && target.closest(TAKES_SPACE)) return;
    event.preventDefault();
    shortcut.press(event.key);
  });
}

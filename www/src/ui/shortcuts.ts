/** Keys that work anywhere on the page, except where keys mean something already. */
import type { Session } from "../state/session";

const TAKES_KEYS =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]";
/** Where the space bar presses what has the focus. */
const TAKES_SPACE = "button, a, summary, input, [role=option], [role=application]";

export function listenForKeys(session: Session, enabled: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.altKey || !enabled() || target.closest(TAKES_KEYS)) return;
    const command = event.ctrlKey || event.metaKey ? undoKeys(event, session) : plainKeys(event, session, target);
    if (!command) return;
    event.preventDefault();
    command();
  });
}

function undoKeys(event: KeyboardEvent, session: Session): (() => void) | null {
  const key = event.key.toLowerCase();
  if (key === "z") return () => (event.shiftKey ? session.redo() : session.undo());
  if (key === "y") return () => session.redo();
  return null;
}

function plainKeys({ key }: KeyboardEvent, session: Session, target: Element): (() => void) | null {
  switch (key) {
    case " ":
      return target.closest(TAKES_SPACE) ? null : () => session.toggle();
    case ".":
      return () => session.stepBy(0);
    case ">":
      return () => session.stepBy(1);
    case ",":
      return () => session.back();
    case "r":
    case "R":
      return () => session.restart(null);
    default:
      return null;
  }
}

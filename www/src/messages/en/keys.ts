/** The keys and their sheet. */

/** How keys are written; all others are as they are, in capitals. */
const caps: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page Up",
  PageDown: "Page Down",
  Home: "Home",
  End: "End",
  Enter: "Enter",
  Delete: "Delete",
  Backspace: "Backspace",
  Control: "Ctrl",
  Shift: "Shift",
  Alt: "Alt",
};

export const keys = {
  title: "Keys",
  caps,
  or: " or ",
  /** A key after what it does. */
  hint: (what: string, key: string) => `${what} (${key.toUpperCase()})`,
  groups: {
    run: "Run",
    time: "Time",
    draw: "Draw",
    cell: "On the picture, with its frame in sight",
    shelf: "On a memory, with its frame in sight",
    page: "Page",
  },
  play: "play or pause",
  restart: "back to the start, to run again",
  spoil: "spoil again",
  back: "one step back",
  before: "to the event before",
  after: "to the event after, or to the end",
  undo: "undo",
  redo: "redo",
  tools: {
    draw: "draw; what begins on ink makes paper",
    erase: "erase; the right mouse button does always",
    hold: "hold cells fixed, or let them go",
    ask: "ask a cell why",
  },
  narrow: "a narrower brush",
  wide: "a wider brush",
  sheet: "these keys",
  walk: "from cell to cell",
  touch: "draw, hold or ask there",
  erase: "erase or let go there",
  memory: {
    walk: "from memory to memory",
    ends: "to the first, to the last",
    move: "to another place among them",
    rename: "rename it",
    forget: "forget it",
  },
  single: "Keys work without Ctrl. Switch this off if they get in the way of speech input or a screen reader.",
};

/** Colours for the canvases, read from the style sheet, so that both follow one table. */
export interface Theme {
  text: string;
  figures: string;
  paper: string;
  sheet: string;
  ink: string;
  soft: string;
  line: string;
  edge: string;
  accent: string;
  warm: string;
  cool: string;
  /** The middle and the end of the map of magnitudes, which begins at the sheet. */
  some: string;
  much: string;
  memories: readonly string[];
}

const MEMORY_COLOURS = 8;

/** The theme that the page wears, or one by its name. */
export function readTheme(name?: "light" | "dark"): Theme {
  if (name === undefined) return read(getComputedStyle(document.documentElement));
  const wearer = document.createElement("div");
  wearer.hidden = true;
  wearer.dataset.theme = name;
  document.body.append(wearer);
  const theme = read(getComputedStyle(wearer));
  wearer.remove();
  return theme;
}

function read(style: CSSStyleDeclaration): Theme {
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: value("text"),
    figures: value("figures"),
    paper: value("paper"),
    sheet: value("sheet"),
    ink: value("ink"),
    soft: value("soft"),
    line: value("line"),
    edge: value("edge"),
    accent: value("accent"),
    warm: value("warm"),
    cool: value("cool"),
    some: value("some"),
    much: value("much"),
    memories: Array.from({ length: MEMORY_COLOURS }, (_, i) => value(`memory-${i + 1}`)),
  };
}

export function memoryColour(theme: Theme, memory: number): string {
  return theme.memories[memory % MEMORY_COLOURS] ?? theme.ink;
}

/** Name of the style sheet's colour of a memory, for elements. */
export function memoryToken(memory: number): string {
  return `var(--memory-${(memory % MEMORY_COLOURS) + 1})`;
}

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

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
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

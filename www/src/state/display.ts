/**
 * How an embed shows an experiment: options that stand in the same hash as the experiment's link, and that are no part
 * of it. The link's checksum is about the experiment's own pairs alone, so options can be added, changed and taken away
 * by hand.
 */
export const LEVELS = ["full", "story", "bare"] as const;
export type Level = (typeof LEVELS)[number];
export const THEMES = ["auto", "light", "dark"] as const;
const SWITCH = ["0", "1"] as const;
const GROUNDS = ["paper", "transparent"] as const;

export interface Display {
  /** How much of the page is there. */
  ui: Level;
  theme: (typeof THEMES)[number];
  /** It starts to run when it is first seen. */
  autoplay: boolean;
  /** Names of parts that are left out. */
  hide: string[];
  transparent: boolean;
}

/** An option that cannot be followed: what was asked, and what is allowed. */
export interface OptionFault {
  key: string;
  value: string;
  allowed: readonly string[];
}

export const usual: Readonly<Display> = { ui: "full", theme: "auto", autoplay: true, hide: [], transparent: false };

const KEYS: ReadonlySet<string> = new Set(["ui", "theme", "autoplay", "hide", "bg"]);

/** The two parts of a hash: the experiment's link, to the letter as it was written, and the options. */
export function splitHash(hash: string): { experiment: string; options: string } {
  const options: string[] = [];
  const rest = hash.split("&").filter((pair) => {
    const ours = KEYS.has(pair.split("=", 1)[0] ?? "");
    if (ours) options.push(pair);
    return !ours;
  });
  return { experiment: rest.join("&"), options: options.join("&") };
}

/**
 * Of two values of one option the last counts; one that is not allowed is as if it were not there, and is told.
 * `parts` are the names that `hide` knows.
 */
export function readOptions(options: string, parts: readonly string[]): { display: Display; faults: OptionFault[] } {
  const display: Display = { ...usual };
  const faults: OptionFault[] = [];
  for (const [key, value] of new URLSearchParams(options)) {
    const among = <T extends string>(allowed: readonly T[]): T | null => {
      const found = allowed.find((one) => one === value) ?? null;
      if (found === null) faults.push({ key, value, allowed });
      return found;
    };
    switch (key) {
      case "ui":
        display.ui = among(LEVELS) ?? display.ui;
        break;
      case "theme":
        display.theme = among(THEMES) ?? display.theme;
        break;
      case "autoplay":
        display.autoplay = (among(SWITCH) ?? (display.autoplay ? "1" : "0")) === "1";
        break;
      case "bg":
        display.transparent = (among(GROUNDS) ?? (display.transparent ? "transparent" : "paper")) === "transparent";
        break;
      case "hide": {
        const names = value.split(",").filter((name) => name !== "");
        for (const name of names) if (!parts.includes(name)) faults.push({ key, value: name, allowed: parts });
        display.hide = names.filter((name) => parts.includes(name));
        break;
      }
    }
  }
  return { display, faults };
}

/** The options as they stand in a hash: only what is not usual. */
export function writeOptions({ ui, theme, autoplay, hide, transparent }: Display): string {
  const pairs = [
    ui !== usual.ui && `ui=${ui}`,
    theme !== usual.theme && `theme=${theme}`,
    autoplay !== usual.autoplay && `autoplay=${autoplay ? 1 : 0}`,
    hide.length > 0 && `hide=${hide.join(",")}`,
    transparent && "bg=transparent",
  ];
  return pairs.filter((pair) => pair !== false).join("&");
}

/** One hash of both parts. */
export function joinHash(experiment: string, options: string): string {
  return [experiment, options].filter((part) => part !== "").join("&");
}

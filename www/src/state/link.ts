/**
 * The one file that touches `location` and the history. Edits replace the link in place, half a second after the last
 * one, because browsers count and refuse frequent writes; opening another experiment adds a step for Back.
 */
import { joinHash, splitHash } from "./display";
import { randomName } from "./tab";

const SETTLE = 500;

/** Where an experiment's link is kept. How an embed would show it (state/display.ts) is no part of the link. */
export interface Links {
  /** The link that is open, without "#"; empty if there is none. */
  readonly hash: string;
  /** Writes what `hash` gives, once edits have settled. */
  writeSoon(hash: () => Promise<string>): void;
  /** A new experiment: Back leads to the one before. */
  push(hash: string): void;
}

/** The page's link, in the address bar. */
export class Link implements Links {
  private current = splitHash(readHash()).experiment;
  private place = readEntry() ?? markEntry();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `opened` is called with a hash that came from outside: typed, pasted, or Back. */
  constructor(opened: (hash: string) => void) {
    const look = () => {
      const hash = splitHash(readHash()).experiment;
      const entry = readEntry();
      // An address that is typed once more is the place where one is, without its name.
      if (hash === this.current && (entry === null || entry === this.place)) return;
      clearTimeout(this.timer);
      this.current = hash;
      this.place = entry ?? markEntry();
      opened(hash);
    };
    addEventListener("hashchange", look);
    addEventListener("popstate", look);
  }

  get hash(): string {
    return this.current;
  }

  /** Name of this place in the tab's history: the same after a reload, and when Back comes to it again. */
  get entry(): string {
    return this.place;
  }

  writeSoon(hash: () => Promise<string>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const before = this.current;
      hash().then(
        // What was opened meanwhile has its own link.
        (text) => this.current === before && this.put(text, "replaceState"),
        () => undefined,
      );
    }, SETTLE);
  }

  push(hash: string): void {
    clearTimeout(this.timer);
    this.put(hash, "pushState");
  }

  /** The full address for a hash. */
  address(hash: string): string {
    return `${this.page}#${hash}`;
  }

  /** The page's own address. */
  get page(): string {
    return location.href.split("#", 1)[0] ?? "";
  }

  private put(hash: string, how: "pushState" | "replaceState"): void {
    if (hash === this.current && how === "replaceState") return;
    this.current = hash;
    if (how === "pushState") this.place = randomName();
    try {
      history[how]({ entry: this.place }, "", `#${hash}`);
    } catch {
      // Sandboxed or too often: the share dialog still has the link.
    }
  }
}

/**
 * The link of a frame in somebody else's page: it is read, and never written. What the address does not say, the link
 * that came with the file says.
 */
export class FrameLink implements Links {
  private current = readHash();

  /** `opened` is called when the address gets another experiment, `shown` when it gets other options. */
  constructor(
    private readonly given: string,
    opened: () => void,
    shown: () => void,
  ) {
    addEventListener("hashchange", () => {
      const { hash, options } = this;
      this.current = readHash();
      if (this.options !== options) shown();
      if (this.hash !== hash) opened();
    });
  }

  get hash(): string {
    return splitHash(this.current).experiment || splitHash(this.given).experiment;
  }

  /** The file's options, then the address's, which count more. */
  get options(): string {
    return joinHash(splitHash(this.given).options, splitHash(this.current).options);
  }

  writeSoon(): void {}

  push(): void {}
}

function readEntry(): string | null {
  const state: unknown = history.state;
  const entry = typeof state === "object" && state !== null && "entry" in state ? state.entry : null;
  return typeof entry === "string" ? entry : null;
}

/** Gives a place in the history a name, which it keeps. */
function markEntry(): string {
  const entry = randomName();
  try {
    history.replaceState({ entry }, "");
  } catch {
    // Then what is done here is kept under a name that a reload does not find; it is in the list of works.
  }
  return entry;
}

/** What an experiment is called, as its link has it; empty if it has no title. */
export function titleOf(hash: string): string {
  return new URLSearchParams(hash).get("title") ?? "";
}

/** The page anew, at the same link. */
export function reload(): void {
  location.reload();
}

function readHash(): string {
  return location.hash.replace(/^#/, "");
}

/**
 * The one file that touches `location` and the history. Edits replace the link in place, half a second after the last
 * one, because browsers count and refuse frequent writes; opening another experiment adds a step for Back.
 */
const SETTLE = 500;

export class Link {
  private current = readHash();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `opened` is called with a hash that came from outside: typed, pasted, or Back. */
  constructor(opened: (hash: string) => void) {
    const look = () => {
      const hash = readHash();
      if (hash === this.current) return;
      clearTimeout(this.timer);
      this.current = hash;
      opened(hash);
    };
    addEventListener("hashchange", look);
    addEventListener("popstate", look);
  }

  /** The link in the address bar, without "#"; empty if there is none. */
  get hash(): string {
    return this.current;
  }

  /** Writes what `hash` gives, once edits have settled. */
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

  /** A new experiment: Back leads to the one before. */
  push(hash: string): void {
    clearTimeout(this.timer);
    this.put(hash, "pushState");
  }

  /** The full address for a hash. */
  address(hash: string): string {
    return `${location.href.split("#", 1)[0]}#${hash}`;
  }

  private put(hash: string, how: "pushState" | "replaceState"): void {
    if (hash === this.current) return;
    this.current = hash;
    try {
      history[how](null, "", `#${hash}`);
    } catch {
      // Sandboxed or too often: the share dialog still has the link.
    }
  }
}

/** The page anew, at the same link. */
export function reload(): void {
  location.reload();
}

function readHash(): string {
  return location.hash.replace(/^#/, "");
}

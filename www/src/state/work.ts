/**
 * The visitor's own work. What has been touched is kept in this browser, whole, with its history: a copy for each
 * experiment that was opened in a tab, written again after every change. Nothing else is kept, and nothing of it is
 * dropped but the oldest, beyond a number that is told.
 */
import type { Engine } from "../engine/client";
import type { Link } from "./link";
import { forget, keysWith, recall, recallHere, remember, rememberHere } from "./storage";
import { claimNames, knownNames, openNames } from "./tab";

/** Works kept in this browser, all tabs together. */
export const MOST_WORKS = 12;
/** A session with more characters than this may be too large for any browser's storage by itself. */
const LARGE = 2_000_000;
const KEY = "work:";
const VERSION = 1;

/** How it stands with the work: untouched, or what became of its last change. */
export type WorkStatus = "untouched" | "saving" | "saved" | "refused" | "full" | "large";

/** One work as it is kept. */
export interface WorkRecord {
  v: number;
  title: string;
  /** When it was last changed, in milliseconds since 1970. */
  time: number;
  /** Link of the experiment as it stood. */
  hash: string;
  /** The spec that it was opened from. */
  opening: string;
  /** The session, as the engine saves it. */
  saved: string;
}

export interface Listed {
  id: string;
  record: WorkRecord;
}

/** Where the experiment that is open is kept. */
interface Place {
  entry: string;
  opening: string;
  touched: boolean;
}

export class Work {
  status: WorkStatus = "untouched";
  private place: Place | null = null;
  private readonly names: Promise<string[]> = claimNames();

  constructor(
    private readonly engine: Engine,
    private readonly link: Link,
    private readonly title: () => string,
    private readonly changed: () => void,
  ) {}

  /** The spec that the experiment was opened from. */
  get opening(): string | null {
    return this.place?.opening ?? null;
  }

  get touched(): boolean {
    return this.place?.touched ?? false;
  }

  /** The visitor has done something to it. */
  touch(): void {
    if (!this.place) return;
    this.place.touched = true;
    this.tell("saving");
  }

  /** The engine's copy of the session after a request; if more was asked for since, it is kept, but it is not all. */
  async saved(text: string, after: number): Promise<void> {
    const { place } = this;
    if (!place?.touched) return;
    const title = this.title();
    const { hash } = await this.engine.request("share", {}).catch(() => this.link);
    const status = await this.keep(place, text, title, hash);
    if (place === this.place && (status !== "saved" || this.engine.isLast(after))) this.tell(status);
  }

  /** Keeps what is open as it stands, before something else is opened. */
  async flush(): Promise<void> {
    if (!this.touched) return;
    const saving = this.engine.request("save", {});
    const { last } = this.engine;
    const text = await saving.catch(() => null);
    if (text !== null) await this.saved(text, last);
  }

  /** From now on the engine's copies are of something else; returns the way back. */
  leave(): () => void {
    const { place, status } = this;
    this.place = null;
    return () => {
      this.place = place;
      this.tell(status);
    };
  }

  /** Another experiment is open, at the link's present place. */
  enter(opening: string, touched: boolean): void {
    this.place = { entry: this.link.entry, opening, touched };
    this.tell(touched ? "saved" : "untouched");
  }

  /** The experiment that is open has got another place in the history. */
  move(): void {
    if (this.place) this.place = { ...this.place, entry: this.link.entry };
  }

  /** What is kept of the link's present place, or of this link in this tab; null if there is nothing. */
  here(): Listed | null {
    const names = knownNames();
    const { entry, hash } = this.link;
    const own = this.list().filter(({ id }) => names.includes(id.split(".")[0] ?? ""));
    const left = names.map((name) => own.find(({ id }) => id === `${name}.${entry}`)).find(Boolean);
    return left ?? own.find(({ record }) => hash !== "" && record.hash === hash) ?? null;
  }

  /** Marks what is about to be opened until that is done, so that what brings the page down does it only once. */
  opens(id: string | null): void {
    rememberHere("opening", id);
  }

  /** Whether the page went down when this was opened. */
  isSuspect({ id }: Listed): boolean {
    return recallHere("opening") === id;
  }

  /** Works kept, the latest first, without the one that is open. */
  list(): Listed[] {
    return keysWith(KEY)
      .flatMap((key) => {
        const record = recall(key);
        return isRecord(record) ? [{ id: key.slice(KEY.length), record }] : [];
      })
      .sort((a, b) => b.record.time - a.record.time);
  }

  /** As `list`, but for what is open in this tab. */
  others(): Listed[] {
    const { place } = this;
    const [own] = knownNames();
    return this.list().filter(({ id }) => !place?.touched || id !== `${own}.${place.entry}`);
  }

  /** Deletes works; returns the way back. */
  drop(works: readonly Listed[]): () => void {
    for (const { id } of works) forget(KEY + id);
    return () => {
      for (const { id, record } of works) remember(KEY + id, record);
    };
  }

  /** It lives on in this tab; unless its own tab is still there, one copy is enough. */
  async moved(work: Listed): Promise<void> {
    const [tab] = work.id.split(".");
    const [own] = await this.names;
    const open = await openNames();
    if (tab !== own && open.length > 0 && !open.includes(tab ?? "")) this.drop([work]);
  }

  private async keep(place: Place, saved: string, title: string, hash: string): Promise<WorkStatus> {
    const [own] = await this.names;
    const key = `${KEY}${own}.${place.entry}`;
    const record: WorkRecord = {
      v: VERSION,
      title,
      time: Date.now(),
      hash,
      opening: place.opening,
      saved,
    };
    const kept = remember(key, record);
    if (kept === "kept") this.thin(key);
    return kept === "kept" ? "saved" : kept === "full" && saved.length > LARGE ? "large" : kept;
  }

  /** Drops the oldest beyond the number that is kept, never the one just written. */
  private thin(key: string): void {
    if (keysWith(KEY).length <= MOST_WORKS) return;
    const old = this.list().filter(({ id }) => KEY + id !== key);
    this.drop(old.slice(MOST_WORKS - 1));
  }

  private tell(status: WorkStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.changed();
  }
}

/** Anybody may have written it. */
function isRecord(value: unknown): value is WorkRecord {
  if (typeof value !== "object" || value === null) return false;
  const { v, title, time, hash, opening, saved } = value as { [K in keyof WorkRecord]?: unknown };
  return (
    v === VERSION &&
    [title, hash, opening, saved].every((text) => typeof text === "string") &&
    typeof time === "number" &&
    Number.isFinite(time)
  );
}

/**
 * Which tab this is. A tab keeps its name when it is loaded anew or brought back; a copy of a tab gets a name of its
 * own, and knows whose copy it is, so that two tabs never write over each other.
 */
import { recallHere, rememberHere } from "./storage";

/** Names remembered: the tab's own, and those it is a copy of. */
const MOST = 8;
/** A page that is being left may hold its name for a moment longer. */
const TRIES = 4;
const PAUSE = 100;

/** The names this tab goes by, its own first: as remembered, before anybody has checked that it is no copy. */
export function knownNames(): string[] {
  const names = recallHere("tabs");
  return Array.isArray(names) ? names.filter((name) => typeof name === "string" && /^\w+$/.test(name)) : [];
}

/** The names this tab goes by, once its own is its own for as long as it is open. */
export async function claimNames(): Promise<string[]> {
  const known = knownNames();
  if (known[0] !== undefined && (await isFree(known[0]))) return known;
  const names = [randomName(), ...known].slice(0, MOST);
  rememberHere("tabs", names);
  await isFree(names[0] ?? "");
  return names;
}

/** The names of all tabs that are open, as far as the browser tells. */
export async function openNames(): Promise<string[]> {
  const { held = [] } = (await navigator.locks?.query().catch(() => null)) ?? {};
  return held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : []));
}

export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join("");
}

const LOCK = "engram:tab:";

/** Takes the name, if no other tab has it. */
async function isFree(name: string): Promise<boolean> {
  if (!navigator.locks) return isNoCopy();
  for (let i = 0; i < TRIES; i++) {
    if (await lock(LOCK + name)) return true;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return false;
}

function lock(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (held) => {
        resolve(held !== null);
        return held ? new Promise(() => undefined) : undefined;
      })
      // Where locks are forbidden nothing is kept either.
      .catch(() => resolve(true));
  });
}

/** Without locks: a copy is made of a page that is open, and finds its mark. */
function isNoCopy(): boolean {
  const copied = recallHere("open") === true;
  rememberHere("open", true);
  addEventListener("pagehide", () => rememberHere("open", false));
  addEventListener("pageshow", () => rememberHere("open", true));
  return !copied;
}

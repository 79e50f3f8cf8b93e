/**
 * The worker: the only file that touches the wasm package. It owns the machine, answers requests in order, runs in
 * slices short enough that a request never waits long, and sends a frame only after the last one was drawn.
 */
import init, * as wasm from "engram-wasm";
import { fetchData } from "./data";
import type { Lab, LabPackage, Study } from "./lab";
import type { FromWorker, RequestName, Requests, ToWorker } from "./protocol";
import { Runner } from "./runner";
import type { MachineFrameSent, StudyReport } from "./types";

const engine: LabPackage = wasm;
/** The least time between two saved copies of the session, in milliseconds. */
const SAVE_EVERY = 1000;
const SAVE_RUN_EVERY = 5000;

/** Milliseconds that a study takes up at a time. */
const STUDY = 12;

let lab: Lab | null = null;
let study: Study | null = null;
let inFlight = false;
let stale = false;
let dead = false;
let savedAt = Number.NEGATIVE_INFINITY;
/** Requests that came while a file is fetched for the one before them; null if none is. */
let waiting: Asked[] | null = null;
/** Files that are on their way for one request, one after the other. */
let fetches = 0;
/** The request answered last. */
let answered = 0;
let saveTimer: ReturnType<typeof setTimeout> | undefined;

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Sends a frame now, or as soon as the page has drawn the one it holds. */
function publish(): void {
  if (!lab || inFlight) {
    stale = true;
    return;
  }
  stale = false;
  inFlight = true;
  const frame = lab.frame();
  frame.running = runner.running;
  const parts = arrays(frame);
  for (const other of frame.beside) {
    other.running = runner.running;
    parts.push(...arrays(other));
  }
  post({ type: "frame", frame }, parts);
}

/** What of a frame is moved to the page, not copied. */
function arrays({ cells, flipped, scalars, perMemory, trace }: MachineFrameSent): ArrayBuffer[] {
  const parts = [cells, flipped, scalars, perMemory, ...(trace ? [trace] : [])];
  return parts.map((part) => part.buffer as ArrayBuffer);
}

function save(): void {
  clearTimeout(saveTimer);
  saveTimer = undefined;
  if (!lab || dead) return;
  savedAt = performance.now();
  guarded(() => lab && post({ type: "saved", saved: lab.save(), after: answered }));
}

/** Saves as soon as may be; a run, which changes all the time, after a longer while. */
function saveSoon(every = SAVE_EVERY): void {
  const wait = Math.max(0, savedAt + every - performance.now());
  if (saveTimer !== undefined && every === SAVE_RUN_EVERY) return;
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, wait);
}

/** A trap leaves the instance unusable; an ordinary error does not. */
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

function die(error: unknown): void {
  if (dead) return;
  dead = true;
  runner.pause();
  post({ type: "crash", message: messageOf(error) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs work that nobody waits for: whatever goes wrong there is a crash. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    die(error);
  }
}

const runner = new Runner({
  advance(unit, count) {
    return lab ? lab.advance(unit, count) : { done: 0, settled: true };
  },
  progressed() {
    publish();
    saveSoon(SAVE_RUN_EVERY);
  },
  stopped() {
    publish();
    saveSoon();
  },
  failed: die,
});

function mine(): Lab {
  if (!lab) throw new Error("No experiment is open.");
  return lab;
}

function replace(next: Lab): void {
  runner.pause();
  lab?.free();
  lab = next;
}

/** An edit: afterwards the page needs the new description, a frame, and a saved copy. */
function edited(work: (lab: Lab) => void): Requests["info"]["result"] {
  work(mine());
  stale = true;
  saveSoon();
  return mine().info();
}

type Handlers = { [K in RequestName]: (args: Requests[K]["args"]) => Requests[K]["result"] };

const handlers: Handlers = {
  catalogue: () => engine.catalogue(),
  open({ spec }) {
    const next = engine.Lab.open(spec);
    replace(next);
    return edited(() => undefined);
  },
  load({ saved }) {
    replace(engine.Lab.load(saved));
    return edited(() => undefined);
  },
  readLink: ({ hash, lenient }) => engine.read_link(hash, lenient),
  info: () => mine().info(),
  set: ({ key, value }) => edited((lab) => lab.set(key, value)),
  act: ({ action, args }) => edited((lab) => lab.act(action, args)),
  compare({ beside }) {
    runner.pause();
    return edited((lab) => lab.compare(beside));
  },
  altered: ({ apart }) => mine().altered(apart),
  ledBy: ({ place }) => mine().led_by(place),
  run({ updatesPerSecond }) {
    mine();
    runner.run(updatesPerSecond);
    stale = true;
    return null;
  },
  pause() {
    runner.pause();
    stale = true;
    saveSoon();
    return null;
  },
  step({ unit, count }) {
    runner.pause();
    mine().advance(unit, count);
    stale = true;
    saveSoon();
    return null;
  },
  seek({ time }) {
    runner.pause();
    mine().seek(time);
    stale = true;
    saveSoon();
    return null;
  },
  undo() {
    runner.pause();
    return edited((lab) => lab.undo());
  },
  redo() {
    runner.pause();
    return edited((lab) => lab.redo());
  },
  restart({ seed }) {
    runner.pause();
    return edited((lab) => lab.restart(seed ?? undefined));
  },
  layer: ({ key, index }) => mine().layer(key, index),
  figure: ({ key, moving, place, close }) => mine().figure(key, moving, place, close ?? undefined),
  stage({ figure }) {
    mine().put_on_stage(figure ?? undefined);
    saveSoon();
    return null;
  },
  histogram: ({ key, index, bins }) => mine().histogram(key, index, bins),
  explain: ({ unit, time }) => mine().explain(unit, time ?? undefined),
  state: () => mine().state(),
  likeness: ({ bits }) => [...mine().likeness(bits)],
  pictures: ({ source, width, height }) => engine.pictures("random" in source ? source.random : source, width, height),
  share: () => mine().share(),
  save: () => mine().save(),
  learned: () => mine().learned(),
  withLearned: ({ bytes }) => mine().with_learned(bytes),
  bring: ({ bytes }) => engine.bring(bytes),
  readSet: ({ file, labels, size, share }) =>
    engine.read_set(file, labels ?? undefined, size?.width, size?.height, share),
  study({ key }) {
    if (key !== null) {
      study?.free();
      study = key === "" ? null : mine().study(key);
      return { done: 0, report: null };
    }
    const until = performance.now() + STUDY;
    let report: StudyReport | null = null;
    do report = study?.advance() ?? null;
    while (study && !report && performance.now() < until);
    return { done: study?.progress() ?? 1, report };
  },
  freshSeed: () => engine.fresh_seed(),
  ping: () => null,
};

/** What of an answer is moved to the page, not copied. */
function bulk(result: unknown): Transferable[] {
  const numbers = (result as { values?: unknown } | null)?.values;
  return numbers instanceof Float32Array ? [numbers.buffer as ArrayBuffer] : [];
}

/** `fetched`: files that have been fetched for it; there is nothing else to be tried for these. */
function answer<K extends RequestName>(
  type: K,
  id: number,
  args: Requests[K]["args"],
  fetched: readonly string[] = [],
): void {
  const fetching = (wanted: string | undefined): boolean => {
    if (wanted === undefined || fetched.includes(wanted)) return false;
    void fetchFor(wanted, () => answer(type, id, args, [...fetched, wanted]), id);
    return true;
  };
  try {
    const result = handlers[type](args);
    // A link is read, and not refused, whatever is wrong with it.
    if (type === "readLink" && fetching(engine.wanted())) return;
    answered = id;
    post({ type: "reply", id, result }, bulk(result));
    // After the answer, so that a frame never comes before the description it belongs to.
    if (stale) publish();
  } catch (error) {
    if (isFatal(error)) {
      die(error);
      return;
    }
    if (!fetching(engine.wanted())) refuse(id, error, null);
  }
}

function refuse(id: number, error: unknown, unreached: string | null): void {
  answered = id;
  post({ type: "error", id, message: messageOf(error), unreached });
}

/** Fetches what a request was refused for and makes it again. What comes meanwhile is answered after it, in order. */
async function fetchFor(name: string, again: () => void, id: number): Promise<void> {
  const late = waiting ?? [];
  waiting = late;
  fetches += 1;
  post({ type: "fetching", on: true });
  try {
    engine.provide(name, await fetchData(name));
    again();
  } catch (error) {
    refuse(id, error, name);
  }
  fetches -= 1;
  // It may have asked for another file meanwhile.
  if (fetches > 0) return;
  post({ type: "fetching", on: false });
  waiting = null;
  for (const asked of late) hear(asked);
}

type Asked = Extract<ToWorker, { id: number }>;

function hear(asked: Asked): void {
  // Whoever asks whether the worker lives is not kept waiting by a slow network.
  if (waiting && asked.type !== "ping") waiting.push(asked);
  else answer(asked.type, asked.id, asked);
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (dead) return;
  if (data.type === "seen") {
    inFlight = false;
    if (stale) guarded(publish);
    return;
  }
  if (data.type === "wasm") start(data.module);
  else hear(data);
});

// The page queues its requests until `ready`.
function start(wasm: URL | WebAssembly.Module): void {
  init({ module_or_path: wasm }).then(() => post({ type: "ready" }), die);
}
if (ENGRAM_WASM !== "") start(new URL(ENGRAM_WASM, import.meta.url));

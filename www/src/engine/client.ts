/**
 * The page's side of the protocol: typed requests with promises, frames as they come, and what to do when the worker
 * dies: a new one opens the last saved session; a second death soon after is final.
 */
import type { FromWorker, RequestName, Requests } from "./protocol";
import type { Frame, FrameSent, SessionInfo } from "./types";

/** A worker that took over and crashes sooner than this is not worth another try. */
const CRASH_LOOP = 5000;
const PING_EVERY = 2000;
/** Silence after which the worker counts as hung: at rest, and while it is busy with something that may take long. */
const SILENCE = 10_000;
const SILENCE_BUSY = 40_000;
/** What of the session's changes may take long. */
const LONG_CHANGES: RequestName[] = [
  "open",
  "load",
  "set",
  "act",
  "compare",
  "undo",
  "redo",
  "restart",
  "seek",
  "step",
];
/** What may take long. */
const LONG: ReadonlySet<RequestName> = new Set([...LONG_CHANGES, "readSet", "bring"]);
/** What changes the session or its moment: all of these are saved soon after. */
const CHANGES: ReadonlySet<RequestName> = new Set([...LONG_CHANGES, "run", "pause", "stage"]);

export interface EngineEvents {
  frame(frame: Frame): void;
  /** A file that an experiment needs is on its way, or is not waited for any more. */
  fetching?(on: boolean): void;
  /** The session as text, as it was after the request of that number: see `isLast`. */
  saved?(text: string, after: number): void;
  /** A new worker took over; `info` is the session it opened, if there was one to open. */
  restarted(message: string, info: SessionInfo | null): void;
  /** The engine is gone for good; `saved` is the last session's text. `began` is false if it never ran at all. */
  gone(message: string, saved: string | null, began: boolean): void;
}

interface Waiting {
  type: RequestName;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A frame with the series that did not cross again. */
function withTraces(sent: FrameSent, [trace = new Float64Array(), ...rest]: readonly Float64Array[]): Frame {
  const beside = sent.beside.map((other, i) => ({ ...other, trace: rest[i] ?? new Float64Array() }));
  return { ...sent, trace, beside };
}

/** Why a request failed that was under way while the worker died. */
export class EngineCrashed extends Error {}

/** Why a request failed for which the file of that name could not be had. */
export class Unreached extends Error {
  constructor(
    message: string,
    readonly file: string,
  ) {
    super(message);
  }
}

function failure({ message, unreached }: Extract<FromWorker, { type: "error" }>): Error {
  return unreached === null ? new Error(message) : new Unreached(message, unreached);
}

export class Engine {
  private worker: Worker;
  private ready = false;
  private began = false;
  private dead = false;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private queue: object[] = [];
  private saved: string | null = null;
  /** The latest request that changed the session. */
  private changed = 0;
  /** When the worker took over: long ago for the first one, and still to come while a later one opens what was saved. */
  private tookOver = Number.NEGATIVE_INFINITY;
  private heardAt = performance.now();
  private pinging = false;
  /** The series as they last came: of the machine that leads, and of those beside it. */
  private traces: Float64Array[] = [];
  private watched = true;

  constructor(
    private readonly start: () => Worker,
    private readonly events: EngineEvents,
  ) {
    this.worker = this.hire();
    setInterval(() => this.listenForHeart(), PING_EVERY);
    // A tab that slept heard nothing meanwhile: that is not the worker's silence.
    document.addEventListener("visibilitychange", () => {
      this.heardAt = performance.now();
    });
  }

  request<K extends RequestName>(type: K, args: Requests[K]["args"]): Promise<Requests[K]["result"]> {
    if (this.dead) return Promise.reject(new EngineCrashed());
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { type, resolve: (result) => resolve(result as Requests[K]["result"]), reject });
      const message = { ...args, type, id };
      if (this.ready) this.worker.postMessage(message);
      else this.queue.push(message);
    });
  }

  /** The number of the request made last. */
  get last(): number {
    return this.nextId - 1;
  }

  /** Whether nothing has been asked for since that request which changes the session. */
  isLast(request: number): boolean {
    const later = [...this.waiting].some(([id, { type }]) => id > request && CHANGES.has(type));
    return !later && request >= this.changed;
  }

  /** Waits until every frame that has come is drawn: what is said of a later moment may be said then. */
  drawn(): Promise<void> {
    return new Promise((done) => requestAnimationFrame(() => done()));
  }

  /** Where nobody looks, nothing is done: not even its heart is listened to. */
  watch(on: boolean): void {
    this.watched = on;
    this.heardAt = performance.now();
  }

  private hire(): Worker {
    const worker = this.start();
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (worker === this.worker) this.hear(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.worker) this.crashed(event.message || "The worker could not be started.");
    });
    return worker;
  }

  private hear(message: FromWorker): void {
    this.heardAt = performance.now();
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.began = true;
        for (const queued of this.queue.splice(0)) this.worker.postMessage(queued);
        break;
      case "reply": {
        const waiting = this.settle(message.id);
        if (waiting && CHANGES.has(waiting.type)) this.changed = message.id;
        waiting?.resolve(message.result);
        break;
      }
      case "error":
        this.settle(message.id)?.reject(failure(message));
        break;
      case "saved":
        this.saved = message.saved;
        this.events.saved?.(message.saved, message.after);
        break;
      case "crash":
        this.crashed(message.message);
        break;
      case "frame":
        this.show(message.frame);
        break;
      case "fetching":
        this.events.fetching?.(message.on);
        break;
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  /** Draws with the screen, and only then asks for more. */
  private show(sent: FrameSent): void {
    const from = this.worker;
    this.traces = [sent, ...sent.beside].map(({ trace }, i) => trace ?? this.traces[i] ?? new Float64Array());
    const frame = withTraces(sent, this.traces);
    requestAnimationFrame(() => {
      if (from !== this.worker || this.dead) return;
      this.events.frame(frame);
      from.postMessage({ type: "seen" });
    });
  }

  private listenForHeart(): void {
    if (!this.ready || this.dead || document.hidden || !this.watched) return;
    const busy = [...this.waiting.values()].some(({ type }) => LONG.has(type));
    if (this.pinging && performance.now() - this.heardAt > (busy ? SILENCE_BUSY : SILENCE)) {
      this.crashed("The engine stopped answering.");
      return;
    }
    if (this.pinging) return;
    this.pinging = true;
    const done = () => {
      this.pinging = false;
    };
    this.request("ping", {}).then(done, done);
  }

  private crashed(message: string): void {
    if (this.dead) return;
    this.worker.terminate();
    const under = [...this.waiting.values()];
    this.waiting.clear();
    this.queue = [];
    this.ready = false;
    this.pinging = false;
    this.events.fetching?.(false);
    const now = performance.now();
    const again = now - this.tookOver < CRASH_LOOP;
    this.tookOver = Number.POSITIVE_INFINITY;
    if (again) {
      this.dead = true;
      this.events.gone(message, this.saved, this.began);
    } else {
      this.heardAt = now;
      this.worker = this.hire();
      void this.resume(message);
    }
    for (const waiting of under) waiting.reject(new EngineCrashed(message));
  }

  private async resume(message: string): Promise<void> {
    const saved = this.saved;
    try {
      // With nothing to open, its first answer shows that it lives.
      const info = saved === null ? await this.request("ping", {}) : await this.request("load", { saved });
      this.tookOver = performance.now();
      this.events.restarted(message, info);
    } catch (error) {
      if (error instanceof EngineCrashed || this.dead) return;
      this.dead = true;
      this.worker.terminate();
      this.events.gone(message, saved, this.began);
    }
  }
}

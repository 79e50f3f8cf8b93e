/**
 * The one protocol between the page and the worker that owns the machine. Requests carry an id and are answered
 * once; frames come by themselves, one in flight: the worker sends the next only after `seen`.
 */
import type {
  Apart,
  Catalogue,
  Explanation,
  Figure,
  FrameSent,
  Histogram,
  Layer,
  LinkReading,
  OwnSet,
  Picture,
  PictureSource,
  SessionInfo,
  Shared,
  Size,
  State,
  StudyReport,
  Value,
} from "./types";

export type Requests = {
  catalogue: { args: Record<never, never>; result: Catalogue };
  /** Opens an experiment from a spec (JSON text). */
  open: { args: { spec: string }; result: SessionInfo };
  /** Reads a share link's hash without opening it; `lenient` keeps what can be read. */
  readLink: { args: { hash: string; lenient: boolean }; result: LinkReading };
  info: { args: Record<never, never>; result: SessionInfo };
  set: { args: { key: string; value: Value }; result: SessionInfo };
  act: { args: { action: string; args: Record<string, Value> }; result: SessionInfo };
  /** Puts others beside the machine, each with what it differs in; none for an empty list. All start over. */
  compare: { args: { beside: Apart[] }; result: SessionInfo };
  /** The same experiment, as a spec (JSON text), with a machine that differs so, alone. */
  altered: { args: { apart: Apart }; result: string };
  /** The same experiment, as a spec, led by another machine, by its place beside the one that leads. */
  ledBy: { args: { place: number }; result: string };
  /** Runs at so many updates a second until settled or paused; Infinity is flat out. */
  run: { args: { updatesPerSecond: number }; result: null };
  pause: { args: Record<never, never>; result: null };
  /** Advances by so many of one of the machine's own units of time. */
  step: { args: { unit: string; count: number }; result: null };
  /** Looks at another moment of the run. */
  seek: { args: { time: number }; result: null };
  undo: { args: Record<never, never>; result: SessionInfo };
  redo: { args: Record<never, never>; result: SessionInfo };
  /** Back to the start of the experiment; with a seed, the same experiment with other dice. */
  restart: { args: { seed: number | null }; result: SessionInfo };
  layer: { args: { key: string; index: number }; result: Layer };
  /**
   * A figure of the machine that leads (`place` 0) or of one beside it: what changes through edits alone, or what moves
   * as the machine runs, to be drawn over that. `close`: one of its boxes, looked at closely; null for the whole.
   */
  figure: { args: { key: string; moving: boolean; place: number; close: number | null }; result: Figure };
  /** What is on the stage, for whoever opens the link: a figure, "grid", or null for what leads. */
  stage: { args: { figure: string | null }; result: null };
  /** How the numbers of a layer are spread, in up to so many bins (3 to 512). */
  histogram: { args: { key: string; index: number; bins: number }; result: Histogram };
  /** Why a unit does what it does, at a moment of the run (null: the one looked at). The moment looked at stays. */
  explain: { args: { unit: number; time: number | null }; result: Explanation };
  /** The picture in the network after all that was asked before, though its frame may be still to come. */
  state: { args: Record<never, never>; result: State };
  /** Overlap of a picture with each memory, −1 to 1. */
  likeness: { args: { bits: string }; result: number[] };
  /** Pictures of a size that nobody drew, to be looked at and stored. */
  pictures: { args: { source: PictureSource; width: number; height: number }; result: Picture[] };
  /** The experiment as it stands, to take away. */
  share: { args: Record<never, never>; result: Shared };
  /** A session saved whole (JSON text), with its history, and opened again. */
  save: { args: Record<never, never>; result: string };
  load: { args: { saved: string }; result: SessionInfo };
  /** What the machine has learned, as a file of `.safetensors`. */
  learned: { args: Record<never, never>; result: Uint8Array };
  /** Takes in such a file; its name, and the spec of the experiment that it makes. */
  withLearned: { args: { bytes: Uint8Array }; result: { name: string; spec: string } };
  /** Takes in a file that the visitor brings along; the name that specs call it by. */
  bring: { args: { bytes: Uint8Array }; result: string };
  /** Makes a set to learn from of a file of pictures, and of one with their labels, without taking it in. */
  readSet: { args: { file: Uint8Array; labels: Uint8Array | null; size: Size | null; share: number }; result: OwnSet };
  /**
   * Begins a study of the machine as it is now, or, without a name, takes one a little further: what part of it is done, and
   * what it has come to in the end. There is one at a time; an empty name forgets it.
   */
  study: { args: { key: string | null }; result: { done: number; report: StudyReport | null } };
  /** A fresh seed from the machine's entropy. */
  freshSeed: { args: Record<never, never>; result: number };
  /** Answered at once by a worker that is alive. */
  ping: { args: Record<never, never>; result: null };
};

export type RequestName = keyof Requests;

export type ToWorker =
  | { [K in RequestName]: { type: K; id: number } & Requests[K]["args"] }[RequestName]
  | { type: "seen" }
  /** The wasm, from a page that is one file and has nothing to fetch it from: before anything else. */
  | { type: "wasm"; module: WebAssembly.Module };

export type FromWorker =
  | { type: "ready" }
  | { type: "reply"; id: number; result: unknown }
  /** `unreached`: nothing was wrong with the request, but the file of that name, which it needs, could not be had. */
  | { type: "error"; id: number; message: string; unreached: string | null }
  | { type: "frame"; frame: FrameSent }
  /** A file is on its way without which the request before cannot be answered, or nothing is waited for any more. */
  | { type: "fetching"; on: boolean }
  /**
   * The session as `save` gives it, at most once a second after it changed: what a crash falls back to. `after` is the
   * request that was answered last.
   */
  | { type: "saved"; saved: string; after: number }
  /** The machine is gone (a panic, or out of memory); the page starts a new worker from the last `saved`. */
  | { type: "crash"; message: string };

/** What the wasm package gives the worker: one handle, one catalogue, and real `Error`s when something is wrong. */
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
  SessionInfo,
  Shared,
  State,
  StudyReport,
  Value,
} from "./types";

export interface Lab {
  info(): SessionInfo;
  set(key: string, value: Value): void;
  compare(beside: Apart[]): void;
  altered(apart: Apart): string;
  led_by(place: number): string;
  act(action: string, args: Record<string, Value>): void;
  advance(unit: string, count: number): { done: number; settled: boolean };
  seek(time: number): void;
  undo(): void;
  redo(): void;
  restart(seed: number | undefined): void;
  frame(): FrameSent;
  layer(key: string, index: number): Layer;
  figure(key: string, moving: boolean, place: number, close: number | undefined): Figure;
  put_on_stage(figure: string | undefined): void;
  histogram(key: string, index: number, bins: number): Histogram;
  explain(unit: number, time: number | undefined): Explanation;
  state(): State;
  likeness(bits: string): Float64Array;
  share(): Shared;
  save(): string;
  /** What it has learned, as a file of `.safetensors`. */
  learned(): Uint8Array;
  /** Takes in a file of weights; its name, and the spec of the experiment that it makes. */
  with_learned(bytes: Uint8Array): { name: string; spec: string };
  study(key: string): Study;
  free(): void;
}

export interface Study {
  /** One step more; what it has come to once all are taken. */
  advance(): StudyReport | null;
  progress(): number;
  free(): void;
}

export interface LabPackage {
  Lab: { open(spec: string): Lab; load(saved: string): Lab };
  catalogue(): Catalogue;
  /** Hands over a data set, or a file that the visitor brings along, as bytes of its file. */
  provide(name: string, bytes: Uint8Array): void;
  /** Takes in a file that the visitor brings along; its name. */
  bring(bytes: Uint8Array): string;
  /** The data set or own file that an experiment was last refused for; asked once, it is forgotten. */
  wanted(): string | undefined;
  /** Makes a set to learn from of a file of pictures, and of one with their labels. */
  read_set(
    file: Uint8Array,
    labels: Uint8Array | undefined,
    width: number | undefined,
    height: number | undefined,
    share: number,
  ): OwnSet;
  read_link(hash: string, lenient: boolean): LinkReading;
  /** Of typed characters (`letters`), or of fair coins (`count` and `seed`). */
  pictures(source: Record<string, Value>, width: number, height: number): Picture[];
  fresh_seed(): number;
}

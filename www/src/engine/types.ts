/**
 * What crosses the boundary, as the bindings send it. Everything here is data that a machine says about itself
 * or about its run: the page knows no model by name.
 */

/** A value of a control or of an action's argument. */
export type Value = number | boolean | string | number[] | string[];

/** One control or argument: what it is, what it may be, and what happens if it is moved. */
export interface Control {
  key: string;
  label: string;
  /** The term or symbol of the field, e.g. "T" or "κ"; may be empty. */
  symbol: string;
  unit: string;
  help: string;
  /** Heading under which the drawer shows it. */
  group: string;
  kind: ControlKind;
  /** Shown only while each of these controls has one of the values named. */
  when: { key: string; values: string[] }[];
}

export type ControlKind =
  | {
      type: "number";
      min: number;
      max: number;
      step: number;
      scale: "linear" | "log";
      default: number;
      percent: boolean;
    }
  | { type: "integer"; min: number; max: number; default: number }
  | { type: "choice"; options: { value: string; label: string; help: string }[]; default: string }
  | { type: "toggle"; default: boolean }
  /** Fractions from 0 to 1 and values from 0, in turn; `over` is the control that says how many sweeps they go over. */
  | { type: "course"; max: number; over: string; default: number[] };

/** A quantity the machine reports. `curve`s are drawn over time, `bars` per memory, `number`s as text. */
export interface Observable {
  key: string;
  label: string;
  symbol: string;
  unit: string;
  help: string;
  view: "curve" | "bars" | "number";
  /** Values one per memory (`memory`), or a single value (`scalar`). */
  shape: "scalar" | "memory";
  /** Fixed range if there is one, e.g. -1..1 for the overlap. */
  range: [number, number] | null;
}

/** How numbers are coloured: −1/0/+1 units, signed numbers around zero, or magnitudes from zero up. */
export type Palette = "spins" | "signed" | "magnitude";

/** A picture the machine can give of itself. */
export interface LayerInfo {
  key: string;
  label: string;
  help: string;
  palette: Palette;
  /** Whether the layer has one cell per unit of the grid (then it can lie over it), or is a matrix of its own. */
  overlay: boolean;
  /** What `index` means when the layer is asked for: nothing, a memory, or a unit. */
  index: "none" | "memory" | "unit";
}

export interface Layer {
  width: number;
  height: number;
  /** NaN where there is no number, such as a weight that damage has cut. */
  values: Float32Array;
}

/** How the numbers of a layer are spread. Cells that are no number are not counted; weights are, once a pair. */
export interface Histogram {
  /** Outer edges of the first and the last bin; all are equally wide. */
  low: number;
  high: number;
  counts: number[];
  /** What it was before the damage, in the same bins; null without damage. */
  before: number[] | null;
  mean: number;
  deviation: number;
  total: number;
}

/** A picture that is no grid, as the machine describes it. */
export interface FigureInfo {
  key: string;
  label: string;
  help: string;
  /** It stands in the place of the grid when the experiment is opened. */
  leads: boolean;
  /**
   * The action that a press on it does, with the place as `x` and `y`, and `node` if it hit one. If the action has an
   * argument `node`, presses beside nodes do nothing.
   */
  press: string | null;
  /**
   * The action that taking a node elsewhere does, once it is let go: with `node`, the place, and `to` if another node is
   * there. Without it a press goes on as it is dragged.
   */
  drag: string | null;
  /** It follows what is drawn on the grid, and is seen beside that, too. */
  beside: boolean;
}

/** What can be worked out of a machine beside its run. */
export interface StudyInfo {
  key: string;
  label: string;
  help: string;
}

/** What a study has come to: numbers, and plain sentences on how they were found and how to read them. */
export interface StudyReport {
  /** Each with its standard error, if it is estimated. */
  findings: { label: string; value: number | null; error: number | null; unit: string }[];
  note: string;
}

export interface FigureAxis {
  /** Without it no axis is drawn. */
  label: string;
  symbol: string;
  /** If nothing is said, as far as the marks go. */
  range: [number, number] | null;
  /** Names of places, instead of numbers. */
  ticks: { at: number; label: string }[];
}

/** Across and up. */
export type FigurePlace = readonly [x: number, y: number];

export type FigureRole =
  | "contour"
  | "theory"
  | "measured"
  | "path"
  | "others"
  | "now"
  | "stable"
  | "saddle"
  | "unstable"
  | "best"
  | "border";

/** One kind of thing in a figure. A number that is none comes as null. */
export type FigureMark =
  | {
      mark: "field";
      width: number;
      height: number;
      /** Left, bottom, right, top. */
      bounds: [number, number, number, number];
      /** Row by row from the bottom up. */
      values: (number | null)[];
      /** What colours they become: around zero, smooth or cell by cell, or from −1 for paper to +1 for ink. */
      shade: "slope" | "signed" | "ink";
    }
  | { mark: "lines"; role: FigureRole; label: string; paths: FigurePlace[][] }
  | { mark: "arrows"; from: FigurePlace[]; by: FigurePlace[] }
  | {
      mark: "points";
      role: FigureRole;
      label: string;
      at: FigurePlace[];
      /** Standard errors, up and down; empty if there are none. So are names. */
      error: (number | null)[];
      names: string[];
    }
  | {
      mark: "nodes";
      at: FigurePlace[];
      /** From −1 for paper to +1 for ink; or, with `colours`, the number of a colour. */
      states: (number | null)[];
      colours: boolean;
      /** In parts of the usual size; empty if all are alike. */
      sizes: number[];
      names: string[];
    }
  /** Between nodes, which are counted through all marks of the figure in order. */
  | { mark: "links"; pairs: [number, number][]; strengths: number[]; directed: boolean; label: string }
  | {
      mark: "bars";
      label: string;
      /** How high, at 0, 1, 2 and so on. */
      values: (number | null)[];
      /** What part of each bar belongs to each memory, a list a memory. */
      shares: number[][];
      /** The memory that each bar belongs to as a whole; empty if to none. */
      memories: number[];
    };

/** A figure, or a part of one. */
export interface Figure {
  x: FigureAxis;
  y: FigureAxis;
  /** A unit across is as long as one up. */
  square: boolean;
  /** The lowest first. */
  marks: FigureMark[];
  /** What is to be read beside it, in plain sentences; may be empty. */
  note: string;
  /** What of it can be looked at closely, each by its number: left, bottom, right, top. Told by what stands still. */
  boxes: [number, number, number, number][];
}

/** Something that can be done to the machine. */
export interface ActionInfo {
  key: string;
  label: string;
  help: string;
  group: "cue" | "memory" | "damage" | "learning";
  args: Control[];
}

/** A unit of time in which the run can be advanced; machines list them from the shortest on. */
export interface StepUnit {
  key: string;
  label: string;
  help: string;
  /** What it is called beside how many there have been, and in a sentence: one of them, and several. */
  clock: string;
  one: string;
  many: string;
}

/** A gauge: where something stands between nothing and too much. It changes through edits alone. */
export interface Meter {
  key: string;
  label: string;
  symbol: string;
  help: string;
  /** Where it stands, from 0; it may be beyond the end of the scale. */
  value: number;
  /** End of the scale. */
  max: number;
  /** Places on the scale, from the least on: what changes there, and who says so. */
  marks: { at: number; label: string; help: string }[];
  level: "ok" | "near" | "over";
  /** What to expect, in plain sentences. */
  expect: string;
}

export interface Description {
  model: string;
  label: string;
  summary: string;
  controls: Control[];
  observables: Observable[];
  layers: LayerInfo[];
  figures: FigureInfo[];
  studies: StudyInfo[];
  actions: ActionInfo[];
  /** Cells of the grid may have any number from −1, paper, to 1, ink. */
  grey: boolean;
  /** It learns as it runs, and keeps what it has learned when a new cue is shown. */
  learns: boolean;
  steps: StepUnit[];
}

export interface Memory {
  name: string;
  width: number;
  height: number;
  /** One character a unit, row by row: "1" is +1 (ink), "0" is −1 (paper). */
  bits: string;
  /** The same in 64 levels of grey, "A" for −1 to "_" for +1, if it is not all ink and paper. */
  grey: string | null;
  importance: number;
}

/** Where pictures come from that nobody drew: typed characters, or fair coins. */
export type PictureSource = { letters: string } | { random: { count: number; seed: number } };

/** A picture that can be stored: `bits` as a memory has them. Without a name, storing it gives it a number. */
export interface Picture {
  name: string;
  bits: string;
}

/** In what a machine beside another differs from it. */
export interface Apart {
  /** Which machine, if another one; then it has these settings and no others. */
  model?: string;
  params?: Record<string, Value>;
}

/** A machine of the experiment; of those beside the first, too, nothing changes through running. */
export interface MachineInfo {
  description: Description;
  /** Current value of every control. */
  values: Record<string, Value>;
  memories: Memory[];
  width: number;
  height: number;
  seed: number;
  /** Updates in a sweep. */
  sweep: number;
  /** Updates in which it learns all that it is to learn; 0 if it does not learn as it runs. */
  plan: number;
  /** Indices of units held fixed. */
  clamped: number[];
  title: string;
  text: string;
  /** Keys of the controls or actions that stay outside the drawer for this experiment. */
  keep: string[];
  /** Keys of controls and actions, and names of parts of the page, that are not shown for this experiment. */
  hide: string[];
  /** What stands on the stage: a figure by its key, or "grid"; null for what leads. */
  figure: string | null;
  /** Updates a second at which it starts to run, if the experiment says so. */
  speed: number | null;
  meters: Meter[];
  /** Plain sentences on what a learning rule met, e.g. that patterns were dependent. */
  notices: string[];
}

/** A machine on the same cue and with the same dice as the one that leads. */
export interface BesideInfo extends MachineInfo {
  apart: Apart;
}

/** What the experiment is at this moment; changes only through edits, never through running. */
export interface SessionInfo extends MachineInfo {
  beside: BesideInfo[];
}

/** How the run stands. Honest: `recalled` only if the state is that memory, bit for bit. */
export type Outcome =
  | { kind: "recalled"; memory: number }
  | { kind: "inverse"; memory: number }
  | { kind: "mixture"; memories: { memory: number; sign: 1 | -1 }[] }
  | { kind: "spurious"; nearest: { memory: number; sign: 1 | -1; wrong: number } | null }
  /** At rest in the mean of all memories. */
  | { kind: "average" }
  /** An answer to a question that has one; `says` is a clause, to stand in a sentence. */
  | { kind: "answer"; valid: boolean; says: string }
  /** Nothing that ends: what it has come to so far, a clause to stand in a sentence. */
  | { kind: "underway"; says: string }
  | { kind: "two_cycle" }
  /** `sampling`: it has a temperature, and does not rest; `reads`: what its average over the last sweeps is. */
  | { kind: "not_settled"; unstable: number; sampling: boolean; reads?: Reading | null };

/** The verdict on an average over so many sweeps. */
export interface Reading {
  sweeps: number;
  outcome: Outcome;
}

/** An edit on the timeline. */
export interface TimelineEvent {
  time: number;
  /** Key of the control or action that made it. */
  kind: string;
  label: string;
}

/** The picture in the network, and the hash of its state. */
export interface State {
  /** One character a cell: 1 for ink, 0 for paper, ? for unknown. */
  picture: string;
  hash: string;
}

/** One number a unit: −1, +1, or 0 for unknown; of machines with `grey`, any number. */
export type Cells = Int8Array | Float32Array;

/** One message a frame: scalars and flat arrays only. */
export interface MachineFrame {
  /**
   * Updates done so far up to the place looked at, and up to the end of what has been run. With others beside it, the
   * first machine's are the clock of all: it may itself have come to rest before.
   */
  time: number;
  end: number;
  /** The first moment that can be looked at: 0, unless so many edits were made that the oldest are forgotten. */
  begin: number;
  /** Sweeps at `time`; whole number when a sweep is complete. */
  sweep: number;
  settled: boolean;
  running: boolean;
  outcome: Outcome;
  /** The state. */
  cells: Cells;
  /** The unit(s) visited by the latest update: −1 if none. */
  visited: number;
  /** Units that differ from the previous frame's state because of updates (for the flash). */
  flipped: Uint32Array;
  /** The scalar observables, in the order of `description.observables` with shape `scalar`. */
  scalars: Float64Array;
  /** The observables with shape `memory`: values[observable][memory], flattened in that order. */
  perMemory: Float64Array;
  /** Thinned series for the charts: rows of [time, each curve observable scalar…, each `memory` observable with view bars, the first only, per memory …]. */
  trace: Float64Array;
  traceColumns: number;
  /** Edits on the timeline, in order. */
  events: TimelineEvent[];
  canUndo: boolean;
  canRedo: boolean;
  /** State hash in hex: equal hashes, equal runs. */
  hash: string;
  /** True if `SessionInfo` changed since the previous frame: the client should ask for it. */
  changed: boolean;
}

/** The machine that leads, and those beside it. */
export interface Frame extends MachineFrame {
  beside: MachineFrame[];
}

/** A frame on its way: the series cross only when they have changed. */
type Sent<F> = Omit<F, "trace" | "beside"> & { trace: Float64Array | null };
export type MachineFrameSent = Sent<MachineFrame>;
export type FrameSent = MachineFrameSent & { beside: MachineFrameSent[] };

/** The experiment as it stands, to take away. */
export interface Shared {
  /** JSON, laid out. */
  spec: string;
  /** The link's hash, without "#". */
  hash: string;
  /** Whether a link of that length is read again. */
  fits: boolean;
  /** The command line that runs it up to the moment looked at, from the spec in `experiment.json`. */
  command: string;
  /** Whether that is the run that was seen, bit for bit: not if it was changed on its way. */
  exact: boolean;
}

/** One part of the sum that makes a unit's field, the largest first. */
export interface Explanation {
  unit: number;
  field: number;
  bias: number;
  state: number;
  /** State after an update of this unit now. */
  next: number;
  /** What a term's `unit` counts. */
  from: "unit" | "memory";
  /** The moment it is about. */
  time: number;
  /**
   * The latest moment up to `time` at which an update had just changed the unit: explained one update earlier, its
   * field says why. Null if no update has since the run of the cue began, or none within reach.
   */
  changed: number | null;
  contributions: { unit: number; weight: number; state: number; value: number }[];
}

export interface ModelInfo {
  name: string;
  label: string;
  summary: string;
  source: string;
  /** It can be given pictures, and pictures with greys. */
  patterns: boolean;
  grey: boolean;
  /** The smallest spec that shows what it does, as JSON text. */
  example: string;
}

export interface PatternSetInfo {
  name: string;
  label: string;
  sizes: number[];
  /** Names of the pictures in it, e.g. "A" or "heart". */
  names: string[];
}

export interface Catalogue {
  engine: number;
  version: number;
  models: ModelInfo[];
  sets: PatternSetInfo[];
}

/** Why a link could not be read, or could be read only in part. */
export interface LinkProblem {
  kind: "empty" | "truncated" | "checksum" | "newer" | "unknown_model" | "invalid";
  message: string;
}
export type LinkReading =
  | { ok: true /** The spec as JSON text, ready for `open`. */; spec: string; notices: string[] }
  | { ok: false; problem: LinkProblem /** True if `open anyway` can give something. */; salvage: boolean };

export interface Size {
  width: number;
  height: number;
}

/** A set of pictures to learn from that was made of a file. */
export interface OwnSet extends Size {
  /** The name that specs call it by. */
  name: string;
  /** Its own file, to be kept. */
  bytes: Uint8Array;
  /** Whether there is nothing but paper and ink. */
  binary: boolean;
  /** What the numbers were taken to be; undefined of a set that was made before. */
  span?: string;
  /** How many are learned from, and how many are kept back. */
  seen: number;
  unseen: number;
  /** Names of the classes; none if there are none. */
  classes: string[];
  /** Levels of the first few pictures that are learned from, 0 (paper) to 255, and their classes. */
  first: Uint8Array;
  firstClasses: Uint8Array;
}

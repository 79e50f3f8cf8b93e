/** What the page tells its words about a run, in any language. */

/** The picture a run starts from, next to the memory it is most like. */
export interface Cue {
  memory: number;
  name: string;
  wrong: number;
  unknown: number;
  units: number;
  /** Of its cells some are grey: they are not wrong, but other than stored. */
  grey: boolean;
}

/** What decides how a run is told while it goes on. */
export interface Listening {
  /** Cells may be grey. */
  grey: boolean;
  /** How many cells are held as they are. */
  held: number;
}

/** What a machine lets be done about how a run ended: only this is suggested. */
export interface Ways {
  /** There are memories to speak of. */
  memories: boolean;
  spoil: boolean;
  store: boolean;
  /** A memory may be forgotten, and others remain. */
  forget: boolean;
  /** Another memory may be picked. */
  pick: boolean;
  /** Another seed may be drawn. */
  dice: boolean;
  /** Name of the first setting in the controls, and of the temperature if there is one. */
  setting: string | null;
  temperature: string | null;
}

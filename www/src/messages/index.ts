/**
 * Every word of the page itself, in one place, to be imported as `* as words`: of a catalogue that is one object a
 * bundle keeps all parts, and no bundle shows all. Words about a machine (its controls, actions, measures) come from
 * the machine.
 */
import type * as en from "./en";

export * from "./en";
export type { Cue, Listening, Ways } from "./facts";
/** What a catalogue in another language has to fill. */
export type Messages = typeof en;

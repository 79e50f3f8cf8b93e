/**
 * Every word of the page itself, in one place: `Messages` is the type that a catalogue in another language has to
 * fill. Words about a machine (its controls, actions, measures) come from the machine.
 */
import { en } from "./en";

export type { Cue, Ways } from "./facts";
export type Messages = typeof en;
export const words: Messages = en;

/** The controls. */
import { count } from "./parts";

export const drawer = {
  title: "Controls",
  numbers: "Numbers",
  actions: { cue: "Picture", memory: "Memories", damage: "Damage", learning: "Learning" },
  range: (low: string, high: string) => `A number from ${low} to ${high}.`,
  whole: (low: string, high: string) => `A whole number from ${low} to ${high}.`,
  hash: "State hash",
  hashHelp: "Equal hashes, equal runs, on any machine.",
  kept: "Set here",
  reset: (label: string, value: string) => `${label}: back to ${value}`,
  points: (n: number) => count(n, "point", "points"),
  toggle: (on: boolean) => (on ? "on" : "off"),
  idle: (label: string, value: string, other: string, now: string) =>
    `${label} (${value}) is kept, and is not felt while “${other}” is “${now}”.`,
  ownSet: "Your own pictures…",
};

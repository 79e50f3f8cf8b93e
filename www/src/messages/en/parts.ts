/** What sentences are made of. */
import type { StepUnit } from "../../engine/types";
import { figure, figures, tenths } from "../../figures";

export const count = (n: number, one: string, many: string): string => `${figures(n)} ${n === 1 ? one : many}`;
export const cells = (n: number): string => count(n, "cell", "cells");
/** So much time, in a unit of the machine's. */
export const lapse = (n: number, { one, many }: StepUnit): string => `${tenths(n)} ${tenths(n) === "1" ? one : many}`;

export function list(parts: string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** The name of a memory, in a sentence. */
export const quoted = (name: string): string => `“${name}”`;

/** A state as it is drawn, in whichever colours the page has: dark ink on light paper, or the other way round. */
export const shade = (state: number, grey = false): string => {
  if (grey && Math.abs(state) < 1) return `${figure(state)}, between paper and ink`;
  return state > 0 ? "ink" : state < 0 ? "paper" : "unknown";
};

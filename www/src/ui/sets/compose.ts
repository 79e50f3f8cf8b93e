/** The experiment that is open, learning from a set of the visitor's own. */
import type { OwnSet } from "../../engine/types";
import * as laterWords from "../../messages/later";

/** Settings about which pictures are learned from: what they say is of others. */
const OF_OTHERS = ["data", "pictures", "names", "class"];

/**
 * The spec's settings stay. What was made for its pictures goes: these, where it begins, held cells, weights given
 * outright or learned before, what was done to them, and what a run was to come to. A machine that was to dream at once has
 * to learn first, for as long as it does if nothing is said.
 */
export function compose(spec: string, { name }: OwnSet, grey: Readonly<Record<string, string>>): string {
  const now: Record<string, unknown> = JSON.parse(spec);
  const { weights, biases, learned, prepare, clamp, expect, tags, text, start, beside, ...kept } = now;
  const params = { ...(now.params as object | undefined), ...grey } as Record<string, unknown>;
  for (const key of OF_OTHERS) delete params[key];
  if (params.epochs === 0) delete params.epochs;
  return JSON.stringify({ ...kept, title: laterWords.sets.newTitle, patterns: { set: name }, params });
}

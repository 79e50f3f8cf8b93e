/** The experiment that is open, with other memories on a grid of another size. */
import * as laterWords from "../../messages/later";

export interface Composition {
  width: number;
  height: number;
  names: readonly string[];
  pictures: readonly string[];
}

/** Spoiling with which the new experiment begins, if the one that is open does not say how. */
const SPOILED = { flip: 0.25 };

/**
 * The spec's settings stay. What was made for its cells goes: weights given outright, held cells, what was done to the
 * weights, and what a run was to come to.
 */
export function compose(spec: string, { width, height, names, pictures }: Composition): string {
  const now: Record<string, unknown> = JSON.parse(spec);
  const { weights, biases, prepare, clamp, expect, tags, text, start, ...kept } = now;
  const corrupt = (start as { corrupt?: object } | undefined)?.corrupt ?? SPOILED;
  return JSON.stringify({
    ...kept,
    title: laterWords.add.newTitle,
    patterns: { width, height, bits: pictures, names },
    start: { pattern: 0, corrupt },
  });
}

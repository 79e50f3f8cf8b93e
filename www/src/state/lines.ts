/**
 * Lines of machines: each stop is the one before with its energy, or what the energy is used for, changed by a term.
 * Written in www/lines, fetched when they are first asked for.
 */
import type { Apart, Catalogue, SessionInfo, Value } from "../engine/types";
import type { MathNode } from "./notes";

/** A part of a formula; parts of one id, at different stops, are the same part. */
export interface Term {
  id: string;
  math: MathNode;
}

export interface Stop {
  label: string;
  model: string;
  params: Record<string, Value>;
  terms: Term[];
  /** One sentence: what is new here. */
  says: string;
}

export interface Line {
  name: string;
  label: string;
  stops: Stop[];
}

let lines: Promise<readonly Line[]> | null = null;

/** What could not be fetched is asked for again next time. */
export function loadLines(): Promise<readonly Line[]> {
  lines ??= fetchLines().catch((error: unknown) => {
    lines = null;
    throw error;
  });
  return lines;
}

async function fetchLines(): Promise<readonly Line[]> {
  const response = await fetch(new URL(ENGRAM_LINES, import.meta.url));
  if (!response.ok) throw new Error(`${ENGRAM_LINES}: ${response.status}`);
  return response.json();
}

/** The lines that an experiment stands on, with those of their stops that there are, and where on them it stands. */
export function linesOf(info: SessionInfo, lines: readonly Line[], { models }: Catalogue) {
  // Where there are no memories there is nothing that the next stop could keep.
  if (info.memories.length === 0) return [];
  const grey = info.memories.some((memory) => memory.grey !== null);
  const fits = ({ model }: Stop) => models.some((one) => one.name === model && one.patterns && (one.grey || !grey));
  return lines
    .map((line) => ({ ...line, stops: line.stops.filter(fits) }))
    .map((line) => ({ line, here: placeOn(line, info) }))
    .filter(({ line, here }) => here >= 0 && line.stops.length > 1);
}

/** The stop of this model whose words are those set; of several the one with most numbers alike. −1 if there is none. */
function placeOn({ stops }: Line, { description, values }: SessionInfo): number {
  let [best, most] = [-1, -1];
  for (const [place, { model, params }] of stops.entries()) {
    const set = Object.entries(params);
    if (model !== description.model) continue;
    if (set.some(([key, value]) => typeof value === "string" && values[key] !== value)) continue;
    const alike = set.filter(([key, value]) => values[key] === value).length;
    if (alike > most) [best, most] = [place, alike];
  }
  return best;
}

/** A stop as what a machine there differs in from one of that model. */
export function apartOf({ model, params }: Stop, now: string): Apart {
  return model === now ? { params } : { model, params };
}

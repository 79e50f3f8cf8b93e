/**
 * Another network for the experiment that is open. What the other one cannot take is found out by asking: the engine
 * refuses a spec with the place of what is wrong, and that is left out.
 */
import { EngineCrashed } from "../../engine/client";
import type { Cells, ModelInfo, SessionInfo } from "../../engine/types";
import * as words from "../../messages/later";

type Json = Record<string, unknown>;

/** What of a spec is about the experiment as it was told, and not about the network. */
const TOLD = ["engine", "title", "text", "tags", "expect", "view"] as const;
/** More places than these can be wrong only in a spec that nothing mends. */
const TRIES = 100;

/** The experiment to be taken along: as a spec, as it is described, and the picture its run begins from. */
export interface Along {
  spec: string;
  info: SessionInfo;
  cue: Cells | null;
}

/** Opens a spec for another model; `open` refuses with an error that begins with the place of what is wrong. */
export async function openAs(
  { name, label, example }: ModelInfo,
  along: Along,
  open: (spec: string) => Promise<void>,
): Promise<{ done: boolean; news: string }> {
  const says = words.models;
  const wish = JSON.parse(along.spec) as Json;
  for (const key of TOLD) delete wish[key];
  wish.model = name;
  const lost = new Set<string>();
  if (wish.learned !== undefined) {
    // Nothing of it is of use to another network, which would dream of nothing.
    leave(wish, "learned", lost);
    delete (wish.params as Json | undefined)?.epochs;
  }
  if (wish.beside !== undefined) leave(wish, "beside", lost);
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const error = await refusal(open, wish);
      if (error === null) {
        return { done: true, news: lost.size === 0 ? says.all(label) : says.some(label, [...lost]) };
      }
      const place = /^[\w.]+(?=[[:])/.exec(error)?.[0] ?? "";
      if (!mended(wish, place, along, lost)) break;
    }
    const error = await refusal(open, { ...(JSON.parse(example) as Json), seed: along.info.seed });
    return error === null ? { done: true, news: says.none(label) } : { done: false, news: says.failed(label, error) };
  } catch (error) {
    if (error instanceof EngineCrashed) return { done: false, news: says.failed(label, error.message) };
    throw error;
  }
}

/** Opens a spec; what the engine says against it, or null. */
async function refusal(open: (spec: string) => Promise<void>, spec: Json): Promise<string | null> {
  try {
    await open(JSON.stringify(spec));
    return null;
  } catch (error) {
    if (error instanceof EngineCrashed) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** Takes out of a spec what is wrong at a place; false if nothing more can be. */
function mended(wish: Json, place: string, { info, cue }: Along, lost: Set<string>): boolean {
  const [part = "", key = ""] = place.split(".");
  const params = wish.params as Json | undefined;
  if (part === "params" && params && key in params) {
    delete params[key];
    const { controls } = info.description;
    lost.add(`“${controls.find((control) => control.key === key)?.label ?? key}”`);
    return true;
  }
  if (part === "patterns" && isGrey(wish.patterns)) {
    const { memories, width, height } = info;
    wish.patterns = {
      width,
      height,
      bits: memories.map(({ bits }) => bits),
      names: memories.map(({ name }) => name),
    };
    lost.add(words.models.lost.greys);
    return true;
  }
  if (part === "patterns" && wish.patterns !== undefined) {
    // What was said in terms of the pictures goes with them.
    for (const about of ["start", "clamp"]) delete wish[about];
    return leave(wish, "patterns", lost);
  }
  const start = wish.start as Json | undefined;
  if (part === "start" && start && cue && !("state" in start)) {
    // The picture itself, in ink and paper.
    wish.start = { state: Array.from(cue, (cell) => (cell > 0 ? "1" : cell < 0 ? "0" : "?")).join("") };
    if (isGrey(start) || cue.some((cell) => Math.abs(cell) % 1 !== 0)) lost.add(words.models.lost.greys);
    return true;
  }
  return Object.hasOwn(words.models.lost, part) && wish[part] !== undefined && leave(wish, part, lost);
}

function isGrey(patterns: unknown): boolean {
  return typeof patterns === "object" && patterns !== null && ("grey" in patterns || "values" in patterns);
}

function leave(wish: Json, part: string, lost: Set<string>): boolean {
  delete wish[part];
  lost.add((words.models.lost as Record<string, string>)[part] ?? part);
  return true;
}

/** What can be asked of the experiment, none of which changes it; and how an answer is waited for. */
import { type Engine, EngineCrashed } from "../engine/client";
import type {
  Explanation,
  Figure,
  Histogram,
  Layer,
  Picture,
  PictureSource,
  State,
  StudyReport,
} from "../engine/types";
import * as words from "../messages";

export class Questions {
  constructor(
    private readonly engine: Engine,
    private readonly told: { failed(message: string): void },
  ) {}

  /** A picture the machine gives of itself, or the sentence that says why not; null if the engine is gone. */
  layer(key: string, index: number): Promise<Layer | string | null> {
    return orWhyNot(this.engine.request("layer", { key, index }));
  }

  /** A figure of the machine that leads (`place` 0) or of one beside it, one of its boxes, or what moves there; likewise. */
  figure(key: string, moving: boolean, place = 0, close: number | null = null): Promise<Figure | string | null> {
    return orWhyNot(this.engine.request("figure", { key, moving, place, close }));
  }

  /** How the numbers of such a picture are spread, or the sentence that says why not. */
  histogram(key: string, index: number, bins: number): Promise<Histogram | string | null> {
    return orWhyNot(this.engine.request("histogram", { key, index, bins }));
  }

  /** Why a cell does what it does, at the moment looked at or at another one. The run goes on meanwhile. */
  async explain(unit: number, time: number | null = null): Promise<Explanation | null> {
    let found: Explanation | null = null;
    await this.ask(this.engine.request("explain", { unit, time }), (explanation) => {
      found = explanation;
    });
    return found;
  }

  /** What the network holds after every edit so far, once no older frame is to be drawn; null if the engine is gone. */
  async now(): Promise<State | null> {
    let now: State | null = null;
    await this.ask(this.engine.request("state", {}), (state) => {
      now = state;
    });
    await this.engine.drawn();
    return now;
  }

  /** Overlap of a picture with each memory. Rejects, in words, what is no picture of this size. */
  likeness(bits: string): Promise<number[]> {
    return this.engine.request("likeness", { bits });
  }

  /** Pictures that nobody drew. Rejects, in words, what cannot be had: for whoever asked to show beside the question. */
  pictures(source: PictureSource, width: number, height: number): Promise<Picture[]> {
    return this.engine.request("pictures", { source, width, height });
  }

  /** Begins a study, forgets it with an empty name, or takes it a little further. Rejects, in words, what cannot be. */
  study(key: string | null): Promise<{ done: number; report: StudyReport | null }> {
    return this.engine.request("study", { key });
  }

  /** Waits for an answer; a refusal is told to the visitor. True if it was granted. */
  async ask<T>(request: Promise<T>, then?: (result: T) => void): Promise<boolean> {
    try {
      const result = await request;
      then?.(result);
      return true;
    } catch (error) {
      if (!(error instanceof EngineCrashed)) this.told.failed(messageOf(error));
      return false;
    }
  }
}

/** An answer, or the sentence that says why there is none; null if the engine is gone. */
async function orWhyNot<T>(request: Promise<T>): Promise<T | string | null> {
  try {
    return await request;
  } catch (error) {
    return error instanceof EngineCrashed ? null : messageOf(error);
  }
}

/** What to tell of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : words.trouble.restartedEmpty;
}

/** The sentence over the picture: what is happening, honestly, and what to try next. */
import type { Frame } from "../engine/types";
import { words } from "../messages";
import type { Session } from "../state/session";
import { byId, setText } from "./dom";

export interface Telling {
  now: string;
  next: string;
}

export function tell(session: Session): Telling {
  const { story } = words;
  const { info, frame, cue, deed } = session;
  if (!info || !frame) return { now: "", next: story.loading };
  const busy = session.wanted || frame.running;
  if (info.memories.length === 0) return { now: story.empty, next: story.tryEmpty };
  if (busy && !(frame.settled && frame.time === 0)) {
    const spoiled = cue !== null && cue.wrong + cue.unknown > 0;
    return { now: spoiled ? story.recalling(cue) : story.searching, next: info.text || story.tryWatch };
  }
  if (deed === "edited") return { now: story.edited, next: story.tryPlay };
  if (deed === "adjusted") return { now: story.adjusted, next: story.tryAgain };
  if (deed === "ran" && frame.time > 0) return end(frame, session);
  if (cue === null) return { now: story.readyUnknown, next: story.tryPlay };
  if (cue.wrong + cue.unknown > 0) return { now: story.ready(cue), next: story.tryPlay };
  return { now: story.stored(cue.name, frame.settled), next: story.tryStored };
}

function end({ outcome, sweep }: Frame, { info, cue }: Session): Telling {
  const names = info?.memories.map(({ name }) => name) ?? [];
  const units = (info?.width ?? 0) * (info?.height ?? 0);
  return { now: words.story.outcome(outcome, names, sweep, units, cue), next: words.story.next(outcome) };
}

export class Story {
  private readonly now = byId("story-now");
  private readonly next = byId("story-try");

  show(session: Session): void {
    const { now, next } = tell(session);
    if (now) setText(this.now, now);
    setText(this.next, next);
  }
}

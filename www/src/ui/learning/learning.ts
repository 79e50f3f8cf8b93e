/** What the page has for machines that learn as they run: how far they are, what follows the finger, what can be studied. */
import type { Frame, SessionInfo } from "../../engine/types";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import type { Theme } from "../../views/theme";
import { BesideFigure } from "./beside-figure";
import { LearningClock } from "./clock";
import { Studies } from "./studies";

interface Part {
  describe(info: SessionInfo): void;
  show?(frame: Frame): void;
  draw?(): void;
}

export class Learning {
  private readonly parts: readonly Part[];

  constructor(
    places: { timeline: HTMLElement; stage: HTMLElement; charts: HTMLElement; views: HTMLElement },
    session: Session,
    store: Store,
    theme: () => Theme,
  ) {
    this.parts = [
      new LearningClock(places.timeline),
      new BesideFigure(places, session, store, theme),
      new Studies(places.views, session),
    ];
  }

  describe(info: SessionInfo): void {
    for (const part of this.parts) part.describe(info);
  }

  show(frame: Frame): void {
    for (const part of this.parts) part.show?.(frame);
  }

  draw(): void {
    for (const part of this.parts) part.draw?.();
  }
}

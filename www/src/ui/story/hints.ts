/**
 * At most three hints in a visitor's life: where the next one is about, the page marks it, and says it in the line
 * under the sentence, which is there anyhow. A hint goes when what it says is done, or by its button, and never comes
 * back.
 */
import type { Frame, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { iconButton } from "../kit/buttons";
import { h, setText } from "../kit/dom";

const HINTS = ["draw", "again", "share"] as const;
type Hint = (typeof HINTS)[number];

interface About {
  /** What is marked. */
  target: string;
  /** Actions of the machine that it takes, and that are it when they are done. */
  actions: readonly string[];
  /** What takes its place: then it would say nothing. */
  without?: string;
  /** Parts of the page, as an experiment names them, without which it would say nothing. */
  parts: readonly string[];
}

const ABOUT: Readonly<Record<Hint, About>> = {
  draw: { target: "#stage .grid-box", actions: ["paint"], parts: ["tools"], without: "#stage[data-figure]" },
  again: { target: "#spoil", actions: ["spoil", "cue"], parts: ["spoil", "shelf"] },
  share: { target: '#tools [data-does="share"]', actions: [], parts: ["share"] },
};

export class Hints {
  private readonly text = h("span");
  private readonly line = h(
    "p",
    { class: "story-hint", attrs: { "aria-live": "polite" } },
    this.text,
    iconButton("close", words.hints.dismiss, () => this.shown && this.finish(this.shown), "quiet small"),
  );
  private shown: Hint | null = null;
  /** The visitor has done something to it: there is something to share. */
  private touched = false;
  private rested = false;

  constructor(
    private readonly story: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
  ) {
    this.line.hidden = true;
    story.append(this.line);
  }

  /** The visitor did this: an action, or "share". */
  did(what: string): void {
    if (what !== "run") this.touched = true;
    for (const hint of HINTS) if (hint === what || ABOUT[hint].actions.includes(what)) this.finish(hint);
  }

  /** Hints come when a run has come to rest, and stay away while one goes on. */
  show(frame: Frame, info: SessionInfo): void {
    const rests = !frame.running && !this.session.wanted;
    if (rests && !this.rested && frame.settled && this.session.deed === "ran") this.shown ??= this.next(info);
    this.rested = rests;
    this.draw(rests && !(this.shown && this.isMute(this.shown, info)));
  }

  /** The first that was never done, if it can be done here. */
  private next(info: SessionInfo): Hint | null {
    const left = HINTS.find((hint) => !this.store.get("hints").includes(hint));
    return left === undefined || this.isMute(left, info) || (left === "share" && !this.touched) ? null : left;
  }

  private isMute(hint: Hint, { hide }: SessionInfo): boolean {
    const { actions, parts, without } = ABOUT[hint];
    if (without && document.querySelector(without)) return true;
    const able = actions.length === 0 || actions.some((action) => this.session.has(action));
    return !able || ["story", ...parts, ...actions].some((name) => hide.includes(name));
  }

  private finish(hint: Hint): void {
    const done = this.store.get("hints");
    if (!done.includes(hint)) this.store.set("hints", [...done, hint]);
    if (this.shown !== hint) return;
    this.draw(false);
    this.shown = null;
  }

  private draw(on: boolean): void {
    const hint = on ? this.shown : null;
    this.line.hidden = hint === null;
    this.story.classList.toggle("hinting", hint !== null);
    if (hint) setText(this.text, words.hints[hint]);
    for (const name of HINTS) {
      for (const target of document.querySelectorAll(ABOUT[name].target))
        target.classList.toggle("hinted", name === hint);
    }
  }
}

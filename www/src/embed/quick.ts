/** The two buttons of a story: play, and spoil again. */
import type { Frame, SessionInfo } from "../engine/types";
import * as words from "../messages";
import type { Session } from "../state/session";
import { wordButton } from "../ui/kit/buttons";
import { h } from "../ui/kit/dom";
import { icon } from "../ui/kit/icons";

export class Quick {
  private readonly playing: HTMLButtonElement;
  private readonly spoiling: HTMLButtonElement;
  /** Over the whole picture, where there is nothing but the picture. */
  private readonly cover: HTMLButtonElement;
  private on: boolean | null = null;

  constructor(root: HTMLElement, picture: HTMLElement, session: Session) {
    this.playing = wordButton("", () => session.toggle(), "play", "play");
    this.playing.dataset.does = "quick-play";
    this.spoiling = wordButton(words.spoil.again, () => void session.spoil(), "");
    this.spoiling.dataset.does = "quick-spoil";
    this.cover = h("button", {
      class: "cover",
      attrs: { type: "button", "data-does": "cover" },
      on: { click: () => session.toggle() },
    });
    root.append(this.playing, this.spoiling);
    picture.append(this.cover);
  }

  describe(session: Session, { hide }: SessionInfo): void {
    this.spoiling.hidden = !session.has("spoil") || hide.includes("spoil");
  }

  show(session: Session, frame: Frame): void {
    const on = session.wanted || frame.running;
    if (on === this.on) return;
    this.on = on;
    const label = on ? words.embed.pause : words.embed.play;
    const name = on ? "pause" : "play";
    this.playing.replaceChildren(icon(name), h("span", { text: label }));
    this.cover.setAttribute("aria-label", label);
    this.cover.replaceChildren(h("span", { class: "cover-sign" }, icon(name)));
    this.cover.toggleAttribute("data-on", on);
  }
}

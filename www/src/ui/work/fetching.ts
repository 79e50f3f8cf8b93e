/** While a file is on its way that the experiment needs: the sentence says so, and nothing is there to be pressed. */
import type { Session } from "../../state/session";
import type { Story } from "../story/story";

/** Milliseconds after which waiting is said. */
const NOTICEABLE = 400;

export class Fetching {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lab: HTMLElement,
    private readonly session: Session,
    private readonly story: Story,
  ) {}

  turn(on: boolean): void {
    clearTimeout(this.timer);
    if (on) this.timer = setTimeout(() => this.show(true), NOTICEABLE);
    else if (this.session.fetching) this.show(false);
  }

  private show(on: boolean): void {
    const { lab, session } = this;
    session.fetching = on;
    lab.toggleAttribute("data-fetching", on && session.info !== null);
    // What is pressed meanwhile would be done to the experiment that comes.
    for (const column of lab.querySelectorAll(".column")) column.toggleAttribute("inert", on || !session.info);
    this.story.show(session);
  }
}

/** Whether anybody can see it: it is on the screen, and so is its tab. Out of sight nothing runs. */

/** The part of the picture that has to be seen before it starts by itself. */
const WELL = 0.4;

export class Sight {
  private ratio = 0;

  constructor(
    picture: Element,
    private readonly changed: (sight: Sight) => void,
  ) {
    new IntersectionObserver(
      (entries) => {
        this.ratio = entries.at(-1)?.intersectionRatio ?? 0;
        this.changed(this);
      },
      { threshold: [0, 0.01, WELL] },
    ).observe(picture);
    document.addEventListener("visibilitychange", () => this.changed(this));
  }

  /** Some of it is seen. */
  get some(): boolean {
    return this.ratio > 0 && !document.hidden;
  }

  /** So much of it is seen that a run can be followed. */
  get well(): boolean {
    return this.ratio >= WELL && !document.hidden;
  }
}

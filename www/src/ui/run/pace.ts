/** How fast, with which dice, and the door to everything else. */
import type { SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { iconButton, wordButton } from "../kit/buttons";
import { attribute, freshId, h, setText } from "../kit/dom";

/** The slider goes from the slowest to the fastest speed in powers; its last position is flat out. */
const SLOWEST = 2;
const FASTEST = 20_000;
const POSITIONS = 100;

export class Pace {
  private readonly speedId = freshId();
  private readonly slider = h("input", {
    attrs: { id: this.speedId, type: "range", "data-does": "speed", min: 0, max: POSITIONS, step: 1 },
  });
  private readonly value = h("output", { class: "figures", attrs: { for: this.speedId } });
  private readonly seed = h("input", {
    class: "number seed",
    attrs: { type: "text", inputmode: "numeric", autocomplete: "off", "aria-label": words.run.seed },
  });
  private readonly error = h("p", { class: "field-error", attrs: { hidden: true, id: freshId() } });
  readonly drawerButton: HTMLButtonElement;

  constructor(
    root: HTMLElement,
    private readonly session: Session,
    store: Store,
  ) {
    this.slider.addEventListener("input", () => store.set("speed", speedAt(Number(this.slider.value))));
    store.on("speed", () => this.showSpeed());
    this.seed.title = words.run.seedHelp;
    this.seed.setAttribute("aria-describedby", this.error.id);
    this.seed.addEventListener("change", () => this.takeSeed());
    this.drawerButton = wordButton(words.run.controls, () => store.set("drawer", !store.get("drawer")), "", "controls");
    this.drawerButton.dataset.does = "controls";
    attribute(this.drawerButton, "aria-controls", "drawer");
    const follow = () => attribute(this.drawerButton, "aria-expanded", String(store.get("drawer")));
    store.on("drawer", follow);
    follow();
    root.append(
      h(
        "div",
        { class: "speed" },
        h("label", { text: words.run.speed, attrs: { for: this.speedId } }),
        this.slider,
        this.value,
      ),
      h(
        "div",
        { class: "dice" },
        h(
          "span",
          { class: "seed-box" },
          h("span", { class: "seed-word", text: words.run.seed, attrs: { "aria-hidden": "true" } }),
          this.seed,
          iconButton("dice", words.run.dice, () => void session.reseed(), "quiet"),
        ),
        this.drawerButton,
      ),
      this.error,
    );
  }

  describe({ seed }: SessionInfo): void {
    if (document.activeElement !== this.seed) this.seed.value = String(seed);
    this.showSpeed();
  }

  private showSpeed(): void {
    const speed = this.session.speed();
    const position = positionOf(speed);
    this.slider.value = String(position);
    this.slider.style.setProperty("--fill", `${(100 * position) / POSITIONS}%`);
    const text = Number.isFinite(speed)
      ? words.run.perSecond(speed, this.session.perSweep(), this.session.unit)
      : words.run.flatOut;
    setText(this.value, text);
    attribute(this.slider, "aria-valuetext", text);
  }

  private takeSeed(): void {
    const text = this.seed.value.trim();
    const seed = Number(text);
    const good = /^\d+$/.test(text) && Number.isSafeInteger(seed);
    setText(this.error, good ? "" : words.run.badSeed);
    attribute(this.error, "hidden", good);
    attribute(this.seed, "aria-invalid", good ? null : "true");
    if (good) this.session.restart(seed, true);
  }
}

function speedAt(position: number): number {
  if (position >= POSITIONS) return Number.POSITIVE_INFINITY;
  const speed = SLOWEST * (FASTEST / SLOWEST) ** (position / (POSITIONS - 1));
  return Number(speed.toPrecision(2));
}

function positionOf(speed: number): number {
  if (!Number.isFinite(speed)) return POSITIONS;
  const share = Math.log(speed / SLOWEST) / Math.log(FASTEST / SLOWEST);
  return Math.round(Math.min(1, Math.max(0, share)) * (POSITIONS - 1));
}

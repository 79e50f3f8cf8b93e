/**
 * Cards taken to another place by mouse, pen or finger. A mouse drags at once; a finger first rests on the card, since
 * a finger that moves scrolls.
 */

/** Pixels that a pointer may tremble. */
const TREMBLE = 6;
/** Milliseconds that a finger rests before it has hold of a card. */
const HOLD = 350;
/** Breadth of the rims in which the list scrolls by itself, and pixels a frame at which it does. */
const RIM = 28;
const SCROLL = 6;

interface Drag {
  from: number;
  to: number;
  pointer: number;
  x: number;
  y: number;
  held: boolean;
}

export class ShelfDrag {
  private drag: Drag | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last: PointerEvent | null = null;

  /** `dropped` is called with the card's place and the place it is to have. */
  constructor(
    private readonly list: HTMLElement,
    private readonly dropped: (from: number, to: number) => void,
  ) {
    list.addEventListener("pointerdown", (event) => this.down(event));
    list.addEventListener("pointermove", (event) => this.move(event));
    list.addEventListener("pointerup", () => this.end(true));
    list.addEventListener("pointercancel", () => this.end(false));
    // Once a finger has hold of a card nothing scrolls.
    list.addEventListener("touchmove", (event) => this.drag?.held && event.preventDefault(), { passive: false });
    list.addEventListener("contextmenu", (event) => this.drag?.held && event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.drag?.held) this.end(false);
    });
  }

  private get cards(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private get across(): boolean {
    return getComputedStyle(this.list).flexDirection === "row";
  }

  private down(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const from = this.cards.findIndex((card) => card.contains(target));
    if (!event.isPrimary || event.button !== 0 || from < 0 || !target?.closest(".card-pick")) return;
    this.drag = { from, to: from, pointer: event.pointerId, x: event.clientX, y: event.clientY, held: false };
    if (event.pointerType !== "mouse") this.timer = setTimeout(() => this.hold(), HOLD);
  }

  private move(event: PointerEvent): void {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.last = event;
    if (!drag.held) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < TREMBLE) return;
      if (event.pointerType !== "mouse") {
        this.end(false);
        return;
      }
      this.hold();
    }
    this.follow();
  }

  private hold(): void {
    const { drag } = this;
    const card = drag && this.cards[drag.from];
    if (!drag || !card) return;
    drag.held = true;
    this.list.setPointerCapture(drag.pointer);
    this.list.classList.add("sorting");
    card.classList.add("dragged");
    const scroll = () => {
      if (this.drag !== drag) return;
      this.scrollAtRim();
      requestAnimationFrame(scroll);
    };
    requestAnimationFrame(scroll);
  }

  private follow(): void {
    const { drag, last, cards, across } = this;
    const card = drag && cards[drag.from];
    if (!drag || !last || !card) return;
    const box = this.list.getBoundingClientRect();
    const { scrollLeft, scrollTop } = this.list;
    const at = across ? last.clientX - box.left + scrollLeft : last.clientY - box.top + scrollTop;
    const middle = ({ offsetLeft, offsetWidth, offsetTop, offsetHeight }: HTMLElement) =>
      across ? offsetLeft + offsetWidth / 2 : offsetTop + offsetHeight / 2;
    drag.to = cards.filter((other, i) => i !== drag.from && middle(other) < at).length;
    const by = at - middle(card);
    card.style.transform = across ? `translateX(${by}px)` : `translateY(${by}px)`;
    const rest = cards.filter((_, i) => i !== drag.from);
    for (const [i, other] of rest.entries()) {
      other.classList.toggle("drop-before", i === drag.to && drag.to !== drag.from);
      other.classList.toggle("drop-after", i === rest.length - 1 && drag.to === rest.length && drag.to !== drag.from);
    }
  }

  private scrollAtRim(): void {
    const { last, list, across } = this;
    if (!last) return;
    const box = list.getBoundingClientRect();
    const [at, low, high] = across ? [last.clientX, box.left, box.right] : [last.clientY, box.top, box.bottom];
    const by = at < low + RIM ? -SCROLL : at > high - RIM ? SCROLL : 0;
    if (by === 0) return;
    list.scrollBy(across ? by : 0, across ? 0 : by);
    this.follow();
  }

  private end(done: boolean): void {
    clearTimeout(this.timer);
    const { drag } = this;
    this.drag = null;
    this.last = null;
    if (!drag?.held) return;
    this.list.classList.remove("sorting");
    for (const card of this.cards) {
      card.classList.remove("dragged", "drop-before", "drop-after");
      card.style.transform = "";
    }
    // The click that ends a drag is none.
    const swallow = (event: Event) => {
      event.stopPropagation();
      event.preventDefault();
    };
    this.list.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => this.list.removeEventListener("click", swallow, { capture: true }));
    if (done && drag.to !== drag.from) this.dropped(drag.from, drag.to);
  }
}

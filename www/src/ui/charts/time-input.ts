/** Reading a drawing over time by pointer and keys, and going to the moment read. */
import { attribute } from "../kit/dom";

export interface TimeTarget {
  /** The moment under a place on the canvas. */
  timeAt(x: number): number;
  /** Reads a moment; null reads none. */
  read(time: number | null): void;
  /** Goes to a moment, as a pointer that is dragged or a key that is pressed. */
  seek(time: number): void;
  /** Moves the reading by so many rows of the series, or to its first or last; speaks of it. */
  move(rows: number): void;
  /** The moment being read. */
  reading(): number | null;
}

/** Rows that a page key goes over. */
const PAGE = 20;
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -PAGE,
  PageUp: PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function listenOverTime(canvas: HTMLCanvasElement, target: TimeTarget): void {
  const at = (event: PointerEvent) => target.timeAt(event.clientX - canvas.getBoundingClientRect().left);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    target.read(at(event));
    // A finger may be about to scroll: it goes there when it is lifted, or has moved along.
    if (event.pointerType === "touch") return;
    canvas.setPointerCapture(event.pointerId);
    target.seek(at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    target.read(at(event));
    if (event.buttons & 1) target.seek(at(event));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "touch") return;
    target.seek(at(event));
    target.read(null);
  });
  for (const gone of ["pointercancel", "pointerleave", "blur"] as const) {
    canvas.addEventListener(gone, () => target.read(null));
  }
  attribute(canvas, "tabindex", "0");
  attribute(canvas, "role", "application");
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = KEYS[event.key];
    const reading = target.reading();
    if (rows !== undefined) target.move(rows);
    else if (event.key === "Enter" && reading !== null) target.seek(reading);
    else if (event.key === "Escape" && reading !== null) target.read(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

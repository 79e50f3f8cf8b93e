/**
 * The editor of a course: a value over the sweeps of a run as a line, drawn by mouse, pen or finger, moved point by
 * point with keys, or typed. Fetched when such a control is there.
 */
import type { Control, ControlKind } from "../../engine/types";
import { figure, tick } from "../../figures";
import * as words from "../../messages/later";
import { niceAxis } from "../../views/axis";
import { wordButton } from "../kit/buttons";
import { attribute, freshId, h, setText } from "../kit/dom";
import { drawn, listOf, MOST, type Point, pointsOf, rounded, valueAt, withOneMore } from "./course-points";
import { readPoints, writePoints } from "./course-text";

type CourseKind = Extract<ControlKind, { type: "course" }>;

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 168;
const SHEET = { left: 44, right: 12, top: 10, bottom: 34 };
/** A press so near to a point takes hold of it, and one that moves no further than this is a click. */
const NEAR = 20;
const CLICK = 4;
/** Room above the highest point, to draw higher. */
const ABOVE = 1.25;
/** An arrow key moves by so much of the sheet; with Shift by a tenth of that. */
const NUDGE = 0.02;

type Holding = { point: number } | { stroke: Point[] } | null;

export class CourseEditor {
  private readonly svg = draw("svg", { role: "group", class: "course-sheet", height: HEIGHT });
  private readonly lines = draw("g", { "aria-hidden": "true" });
  private readonly line = draw("polyline", { class: "course-line" });
  private readonly now = draw("g", { class: "course-now", "aria-hidden": "true" });
  private readonly dots = draw("g", {});
  private readonly typed: HTMLInputElement;
  private readonly error = h("p", { class: "field-error", attrs: { id: freshId(), hidden: true } });
  private readonly less: HTMLButtonElement;
  private readonly more: HTMLButtonElement;
  private points: Point[] = [];
  private chosen = 0;
  private width = 280;
  /** The value at the upper end. */
  private top = 1;
  private length = 1;
  private sweep = 0;
  private holding: Holding = null;
  private from: readonly [number, number] = [0, 0];

  constructor(
    host: HTMLElement,
    private readonly control: Control,
    private readonly kind: CourseKind,
    helpId: string,
    private readonly change: (value: number[]) => void,
  ) {
    const { svg, error } = this;
    const hint = h("p", { class: "field-help", text: words.course.hint, attrs: { id: freshId() } });
    attribute(svg, "aria-label", control.label);
    attribute(svg, "aria-describedby", `${helpId} ${hint.id}`);
    svg.append(this.lines, this.line, this.now, this.dots);
    this.more = wordButton(words.course.more, () => this.put(...withOneMore(this.points, this.chosen)), "quiet");
    this.less = wordButton(words.course.less, () => this.remove(), "quiet");
    this.typed = h("input", {
      class: "course-numbers figures",
      attrs: {
        type: "text",
        autocomplete: "off",
        spellcheck: "false",
        "aria-label": words.course.numbers(control.label),
        "aria-describedby": error.id,
        title: words.course.numbersHelp,
      },
    });
    this.typed.addEventListener("change", () => this.read());
    host.append(svg, h("div", { class: "button-row" }, this.more, this.less), this.typed, error, hint);
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"] as const) {
      svg.addEventListener(end, (event) => this.release(event));
    }
    svg.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => {
      this.width = svg.clientWidth || this.width;
      this.draw();
    }).observe(svg);
  }

  /** What the engine has: not under the visitor's hand. `over`: also over what is being typed. */
  set(list: readonly number[], over = false): void {
    if (this.holding) return;
    this.points = pointsOf(list);
    this.chosen = Math.min(this.chosen, this.points.length - 1);
    if (over || (document.activeElement !== this.typed && this.error.hidden)) this.write();
    this.rise();
    this.draw();
  }

  /** How many sweeps it goes over, and where the run is in them. */
  show(length: number, sweep: number): void {
    const other = length !== this.length;
    this.length = length;
    this.sweep = sweep;
    if (other) {
      this.write();
      this.draw();
    } else this.drawNow();
  }

  private write(): void {
    this.typed.value = writePoints(this.points, this.length);
    this.complain(null);
  }

  private read(): void {
    const { points, error } = readPoints(this.typed.value, this.length, this.kind.max, this.control.label);
    this.complain(error);
    if (points) this.put(points, Math.min(this.chosen, points.length - 1));
  }

  private complain(error: string | null): void {
    setText(this.error, error ?? "");
    attribute(this.error, "hidden", error === null);
    attribute(this.typed, "aria-invalid", error === null ? null : "true");
  }

  /** Other points, made here. */
  private put(points: readonly Point[], chosen: number): void {
    this.points = [...points];
    this.chosen = chosen;
    this.write();
    this.rise();
    this.draw();
    this.change(listOf(this.points));
  }

  private remove(): void {
    if (this.points.length < 2) return;
    const held = this.dots.contains(document.activeElement);
    this.put(
      this.points.filter((_, i) => i !== this.chosen),
      Math.max(0, this.chosen - 1),
    );
    if (held) this.focus();
  }

  // By hand.

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const spot = this.spot(event);
    this.from = spot;
    const nearest = this.nearest(spot);
    this.holding = nearest < 0 ? { stroke: [this.place(spot)] } : { point: nearest };
    if (nearest >= 0) {
      this.chosen = nearest;
      this.draw();
      this.focus();
    }
    this.svg.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const { holding } = this;
    if (!holding) return;
    const place = this.place(this.spot(event));
    if ("point" in holding) this.points = this.moved(holding.point, place);
    else holding.stroke.push(place);
    this.draw();
  }

  private release(event: PointerEvent): void {
    const { holding, points } = this;
    if (!holding) return;
    this.holding = null;
    const spot = this.spot(event);
    const still = Math.hypot(spot[0] - this.from[0], spot[1] - this.from[1]) <= CLICK;
    if (event.type === "pointercancel") {
      this.draw();
    } else if ("point" in holding) {
      if (!still) this.put(points, this.chosen);
    } else if (!still) {
      const { left, right, top, bottom } = this.sheet;
      const scale = { x: right - left, y: (bottom - top) / this.top };
      this.put(drawn(points, holding.stroke, scale), 0);
    } else if (points.length < MOST) {
      const point = rounded(this.place(spot));
      const at = points.filter(({ x }) => x <= point.x).length;
      this.put([...points.slice(0, at), point, ...points.slice(at)], at);
      this.focus();
    }
  }

  // By keys.

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { points, chosen, top, length } = this;
    const here = points[chosen];
    if (!here || !this.dots.contains(event.target as Node)) return;
    const size = event.shiftKey ? NUDGE / 10 : NUDGE;
    const across = Math.max(size, event.shiftKey ? 0 : 1 / Math.max(1, length));
    const by: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-across, 0],
      ArrowRight: [across, 0],
      ArrowUp: [0, size * top],
      ArrowDown: [0, -size * top],
    };
    const to: Readonly<Record<string, number>> = {
      PageDown: Math.min(points.length - 1, chosen + 1),
      PageUp: Math.max(0, chosen - 1),
      Home: 0,
      End: points.length - 1,
    };
    const step = by[event.key];
    const target = to[event.key];
    if (step) this.put(this.moved(chosen, { x: here.x + step[0], y: here.y + step[1] }), chosen);
    else if (target !== undefined) {
      this.chosen = target;
      this.draw();
    } else if (event.key === "Delete" || event.key === "Backspace") this.remove();
    else return;
    this.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  private focus(): void {
    (this.dots.children[this.chosen] as SVGElement | undefined)?.focus();
  }

  /** A point stays between its neighbours, and what is allowed. */
  private moved(index: number, to: Point): Point[] {
    const points = [...this.points];
    const { x, y } = rounded(to);
    const [low, high] = [points[index - 1]?.x ?? 0, points[index + 1]?.x ?? 1];
    points[index] = { x: Math.min(high, Math.max(low, x)), y: Math.min(this.kind.max, y) };
    return points;
  }

  // On the sheet.

  private get sheet() {
    const { left, right, top, bottom } = SHEET;
    return { left, right: this.width - right, top, bottom: HEIGHT - bottom };
  }

  private spot({ clientX, clientY }: PointerEvent): readonly [number, number] {
    const box = this.svg.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  private place([across, down]: readonly [number, number]): Point {
    const { left, right, top, bottom } = this.sheet;
    const y = (this.top * (bottom - down)) / (bottom - top);
    return {
      x: Math.min(1, Math.max(0, (across - left) / (right - left))),
      y: Math.min(this.kind.max, this.top, Math.max(0, y)),
    };
  }

  private x = (fraction: number): number => this.sheet.left + fraction * (this.sheet.right - this.sheet.left);
  private y = (value: number): number => this.sheet.bottom - (value / this.top) * (this.sheet.bottom - this.sheet.top);

  private nearest([x, y]: readonly [number, number]): number {
    let [found, least] = [-1, NEAR];
    for (const [i, point] of this.points.entries()) {
      const distance = Math.hypot(this.x(point.x) - x, this.y(point.y) - y);
      if (distance < least) [found, least] = [i, distance];
    }
    return found;
  }

  /** As high as there is something, with room to draw higher. */
  private rise(): void {
    const highest = Math.max(...this.points.map(({ y }) => y));
    this.top = Math.min(this.kind.max, niceAxis(0, (highest || 1) * ABOVE, 4).high);
  }

  private draw(): void {
    const { left, right, top, bottom } = this.sheet;
    const upright = niceAxis(0, this.top, 4).ticks.filter((at) => at <= this.top * 1.001);
    const across = niceAxis(0, this.length, right - left > 240 ? 5 : 3).ticks.filter((at) => at <= this.length);
    attribute(this.svg, "viewBox", `0 0 ${this.width} ${HEIGHT}`);
    const text = (x: number, y: number, anchor: string, words: string, kind = "figures") => {
      const element = draw("text", { x, y, "text-anchor": anchor, class: kind });
      element.textContent = words;
      return element;
    };
    const rule = (x1: number, y1: number, x2: number, y2: number) => draw("line", { x1, y1, x2, y2 });
    this.lines.replaceChildren(
      ...upright.flatMap((at) => [
        rule(left, this.y(at), right, this.y(at)),
        text(left - 11, this.y(at) + 4, "end", tick(at, (upright[1] ?? 0) - (upright[0] ?? 0))),
      ]),
      ...across.flatMap((at) => [
        rule(this.x(at / this.length), top, this.x(at / this.length), bottom),
        text(
          this.x(at / this.length),
          bottom + 15,
          at === 0 ? "start" : "middle",
          tick(at, (across[1] ?? 0) - (across[0] ?? 0)),
        ),
      ]),
      text(right, bottom + 30, "end", words.course.sweeps, ""),
      text(8, top + 12, "middle", this.control.symbol, "symbol"),
    );
    const { holding } = this;
    const path = holding && "stroke" in holding ? this.preview(holding.stroke) : this.points;
    const ends = [{ x: 0, y: path[0]?.y ?? 0 }, ...path, { x: 1, y: path.at(-1)?.y ?? 0 }];
    attribute(this.line, "points", ends.map((point) => `${this.x(point.x)},${this.y(point.y)}`).join(" "));
    this.drawDots();
    this.drawNow();
    this.less.disabled = this.points.length < 2;
    this.more.disabled = this.points.length >= MOST;
  }

  private preview(stroke: readonly Point[]): Point[] {
    const { left, right, top, bottom } = this.sheet;
    return drawn(this.points, stroke, { x: right - left, y: (bottom - top) / this.top });
  }

  /** The same elements stay, and with them the focus. */
  private drawDots(): void {
    const { dots, points, length } = this;
    while (dots.children.length > points.length) dots.lastElementChild?.remove();
    while (dots.children.length < points.length) dots.append(draw("circle", { role: "slider", r: 6 }));
    for (const [i, { x, y }] of points.entries()) {
      const dot = dots.children[i];
      if (!dot) continue;
      const said = words.course.place(figure(x * length, 5), figure(y, 4), this.control.unit);
      for (const [name, value] of Object.entries({
        cx: this.x(x),
        cy: this.y(y),
        tabindex: i === this.chosen ? 0 : -1,
        class: i === this.chosen ? "course-dot chosen" : "course-dot",
        "aria-label": words.course.point(i, points.length),
        "aria-valuemin": 0,
        "aria-valuemax": this.kind.max,
        "aria-valuenow": y,
        "aria-valuetext": said,
      })) {
        attribute(dot, name, value);
      }
    }
  }

  /** The moment looked at, as long as the course lasts. */
  private drawNow(): void {
    const { sweep, length, points } = this;
    const { top, bottom } = this.sheet;
    if (sweep > length || points.length === 0) {
      this.now.replaceChildren();
      return;
    }
    const x = this.x(sweep / length);
    const y = this.y(valueAt(points, sweep / length));
    this.now.replaceChildren(
      draw("line", { x1: x, y1: top, x2: x, y2: bottom }),
      draw("circle", { cx: x, cy: y, r: 4 }),
    );
  }
}

function draw<K extends keyof SVGElementTagNameMap>(tag: K, attrs: Record<string, string | number>) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attrs)) attribute(element, name, value);
  return element;
}

/**
 * The line on which an experiment stands: a stop is the same memories, picture and dice with another machine, or
 * another setting, and of its formula only some terms are new.
 */
import type { Catalogue, SessionInfo } from "../../engine/types";
import { capital, sentence } from "../../figures";
import * as laterWords from "../../messages/later";
import { type Line, linesOf, type Stop, type Term } from "../../state/lines";
import { iconButton } from "../kit/buttons";
import { attribute, h, setText } from "../kit/dom";
import { mathOf } from "../notes/note-text";

const words = laterWords.line;

export interface LineHost {
  catalogue: Catalogue;
  lines: readonly Line[];
  /** The experiment becomes this one. */
  become(stop: Stop): void;
}

/** Why it did not become another one. */
export const cannot = words.failed;

export class LineBar {
  private readonly pick = h("select", { class: "line-pick", attrs: { "aria-label": words.which } });
  private readonly stops = h("ol", { class: "line-stops", attrs: { "aria-label": words.title } });
  private readonly formula = h("div", { class: "line-formula", attrs: { tabindex: 0, role: "group" } });
  private readonly says = h("p", { class: "line-says" });
  private readonly more = h("div", { class: "line-more" }, this.formula, this.says);
  private readonly toggle: HTMLButtonElement;
  private wanted = "";
  private info: SessionInfo | null = null;
  private key = "";
  /** The terms that are seen, as they were written. */
  private known: readonly Term[] = [];

  constructor(
    private readonly root: HTMLElement,
    private readonly host: LineHost,
  ) {
    this.toggle = iconButton(
      "down",
      words.formula,
      () => this.open(this.more.hidden !== false),
      "quiet tiny line-toggle",
    );
    this.pick.addEventListener("change", () => {
      this.wanted = this.pick.value;
      if (this.info) this.describe(this.info);
    });
    attribute(this.formula, "aria-label", words.formula);
    root.append(h("div", { class: "line-row" }, this.pick, this.stops, this.toggle), this.more);
    this.open(false);
  }

  describe(info: SessionInfo): void {
    this.info = info;
    const all = info.beside.length > 0 || info.hide.includes("line") ? [] : this.found(info);
    const now = all.find(({ line }) => line.name === this.wanted) ?? all[0];
    // It keeps its place, so that the picture over it stands still when it comes.
    this.root.toggleAttribute("data-idle", now === undefined);
    if (!now) return;
    const { line, here } = now;
    const key = JSON.stringify([all.map(({ line }) => line.name), line.name, line.stops.length, here]);
    if (key === this.key) return;
    this.key = key;
    this.wanted = line.name;
    this.pick.replaceChildren(
      ...all.map((one) =>
        h("option", {
          text: capital(one.line.label),
          attrs: { value: one.line.name, selected: one.line.name === line.name },
        }),
      ),
    );
    this.pick.disabled = all.length < 2;
    this.offer(line, here);
    const stop = line.stops[here];
    if (stop) this.write(stop);
  }

  private found(info: SessionInfo) {
    return linesOf(info, this.host.lines, this.host.catalogue);
  }

  private offer({ stops }: Line, here: number): void {
    const held = this.stops.contains(document.activeElement);
    const items = stops.map((stop, place) => {
      const press = () => {
        if (place === here) return;
        this.open(true);
        this.host.become(stop);
      };
      const button = h(
        "button",
        {
          class: "line-stop",
          attrs: { type: "button", title: words.stop(capital(stop.label), stop.says) },
          on: { click: press },
        },
        h("span", { text: stop.label }),
      );
      attribute(button, "aria-current", place === here ? "step" : null);
      return h("li", {}, button);
    });
    this.stops.replaceChildren(...items);
    if (held) items[here]?.querySelector("button")?.focus();
  }

  /** Terms that were there stay as they are; those that were not are marked. */
  private write(stop: Stop): void {
    const before = new Map(this.known.map((term) => [term.id, JSON.stringify(term.math)]));
    const first = before.size === 0;
    const terms = stop.terms.map((term) => {
      const element = mathOf(term.math) as Element;
      attribute(element, "data-term", term.id);
      const fresh = !first && before.get(term.id) !== JSON.stringify(term.math);
      attribute(element, "data-fresh", fresh);
      return element;
    });
    const math = mathOf(["math", { display: "block" }]) as Element;
    math.append(...terms);
    this.formula.replaceChildren(math);
    this.known = stop.terms;
    setText(this.says, sentence(stop.says));
  }

  private open(open: boolean): void {
    this.more.hidden = !open;
    attribute(this.toggle, "aria-expanded", String(open));
  }
}

/** A button that opens a list of things to do: arrows walk it, Escape and Tab leave it, and the focus comes back. */
import { attribute, h } from "./dom";
import { type IconName, icon } from "./icons";

export interface MenuItem {
  label: string;
  /** What it is called by tests and by what an experiment leaves out. */
  does: string;
  icon?: IconName;
  /** One of a few, of which one is chosen. */
  chosen?: boolean;
  /** Only where the window has no room for a button of its own. */
  narrow?: boolean;
  press(): void;
}

/** Groups are parted by a line. */
export type MenuGroups = readonly { label?: string; items: readonly MenuItem[] }[];

export class Menu {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "menu", attrs: { role: "menu" } });

  constructor(
    private readonly button: HTMLButtonElement,
    private readonly groups: () => MenuGroups,
  ) {
    attribute(button, "aria-haspopup", "menu");
    attribute(this.list, "aria-label", button.getAttribute("aria-label"));
    this.list.hidden = true;
    this.element = h("div", { class: "menu-place" }, button, this.list);
    this.mark();
    button.addEventListener("click", () => (this.list.hidden ? this.open() : this.close()));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.open(event.key === "ArrowUp" ? -1 : 0);
    });
    this.list.addEventListener("keydown", (event) => this.key(event));
    // A press beside it, or the focus gone elsewhere.
    addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) this.close(false);
    });
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.close(false);
    });
  }

  private open(at = 0): void {
    this.list.replaceChildren(
      ...this.groups()
        .filter(({ items }) => items.length > 0)
        .map(({ label, items }) =>
          h(
            "div",
            { class: "menu-group", attrs: { role: "group", "aria-label": label ?? null } },
            label ? h("div", { class: "menu-label", text: label, attrs: { "aria-hidden": "true" } }) : null,
            ...items.map((item) => this.item(item)),
          ),
        ),
    );
    this.list.hidden = false;
    this.mark();
    this.items().at(at)?.focus();
  }

  private close(focus = true): void {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.mark();
    if (focus) this.button.focus();
  }

  private mark(): void {
    attribute(this.button, "aria-expanded", String(!this.list.hidden));
  }

  private item({ label, does, icon: name, chosen, narrow, press }: MenuItem): HTMLElement {
    const radio = chosen !== undefined;
    return h(
      "button",
      {
        class: narrow ? "menu-item narrow" : "menu-item",
        attrs: {
          type: "button",
          role: radio ? "menuitemradio" : "menuitem",
          "aria-checked": radio ? String(chosen) : null,
          tabindex: -1,
          "data-does": does,
        },
        on: {
          click: () => {
            this.close();
            press();
          },
        },
      },
      name ? icon(name) : h("span", { class: "menu-check" }, chosen ? icon("check") : null),
      h("span", { text: label }),
    );
  }

  /** Those that are seen. */
  private items(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".menu-item")].filter((item) => item.offsetParent !== null);
  }

  private key(event: KeyboardEvent): void {
    const items = this.items();
    const here = items.indexOf(document.activeElement as HTMLElement);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: (here + 1) % items.length,
      ArrowUp: here - 1,
      Home: 0,
      End: -1,
    };
    const place = to[event.key];
    const letter = event.key.length === 1 ? event.key.toLowerCase() : null;
    if (place !== undefined) items.at(place)?.focus();
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.close(false);
    else if (letter !== null && letter !== " ") {
      // The next one that begins with it.
      const order = [...items.slice(here + 1), ...items.slice(0, here + 1)];
      order.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  }
}

/** The top line: which experiment this is, and the page's own buttons; what has no room is in a menu. */
import type { SessionInfo } from "../engine/types";
import * as words from "../messages";
import type { Theme } from "../state/places";
import type { Store } from "../state/store";
import { iconButton, relabel, wordButton } from "./kit/buttons";
import { h, setText } from "./kit/dom";
import { type IconName, icon } from "./kit/icons";
import { Menu, type MenuGroups, type MenuItem } from "./kit/menu";

/** A button of the page: in the top line, or in the menu where there is no room. */
export interface PageTool {
  does: string;
  label: string;
  icon: IconName;
  /** It stays in the top line of a phone. */
  first?: boolean;
  press(): void;
}

export interface HeaderActs {
  choose(): void;
  models(): void;
  about(): void;
  keys(): void;
  afresh(): void;
  /** Pictures of the visitor's own, for a machine that learns. */
  sets(): void;
  tools: readonly PageTool[];
}

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export class Header {
  private readonly model = h("span");
  private readonly title = h("span", { class: "preset-name", text: words.page.choose });
  private hide: readonly string[] = [];
  private learns = false;

  constructor(
    middle: HTMLElement,
    tools: HTMLElement,
    status: HTMLElement,
    private readonly store: Store,
    private readonly acts: HeaderActs,
  ) {
    const choose = h(
      "button",
      {
        class: "button choose",
        attrs: { type: "button", "aria-haspopup": "dialog", title: words.page.choose, "data-does": "choose" },
        on: { click: acts.choose },
      },
      this.title,
      icon("down"),
    );
    const model = h(
      "button",
      {
        class: "button model-name",
        attrs: { type: "button", "aria-haspopup": "dialog", title: words.page.chooseModel, "data-does": "models" },
        on: { click: acts.models },
      },
      this.model,
      icon("down"),
    );
    const about = iconButton("info", words.page.info, acts.about, "quiet wide");
    about.dataset.does = "about";
    middle.append(model, choose, about);
    const buttons = acts.tools.map(({ does, label, icon, first, press }) => {
      const button = wordButton(label, press, first ? "quiet" : "quiet wide", icon);
      button.dataset.does = does;
      button.title = label;
      return button;
    });
    const turn = () => store.set("theme", isDark(store) ? "light" : "dark");
    const theme = iconButton("moon", words.page.toDark, turn, "quiet wide");
    theme.dataset.does = "theme";
    const more = iconButton("more", words.page.more, () => undefined, "quiet");
    more.dataset.does = "more";
    tools.append(status, ...buttons, theme, new Menu(more, () => this.menu()).element);
    const follow = () => {
      const dark = isDark(store);
      relabel(theme, dark ? "sun" : "moon", dark ? words.page.toLight : words.page.toDark);
    };
    store.on("theme", follow);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
    follow();
  }

  describe({ description, title, hide }: SessionInfo): void {
    this.hide = hide;
    this.learns = description.learns;
    setText(this.model, description.label);
    setText(this.title, title || words.page.ownExperiment);
  }

  private menu(): MenuGroups {
    const { acts, store } = this;
    const theme = store.get("theme");
    const rest = acts.tools.filter(({ first, does }) => !first && !this.hide.includes(does));
    return [
      { items: rest.map(({ press, ...tool }): MenuItem => ({ ...tool, narrow: true, press: () => press() })) },
      {
        items: [
          { does: "models", label: words.page.chooseModel, icon: "layers", narrow: true, press: () => acts.models() },
          ...(this.learns
            ? [{ does: "sets", label: words.drawer.ownSet, icon: "image", press: () => acts.sets() } as const]
            : []),
          { does: "reset", label: words.work.reset, icon: "restart", press: () => acts.afresh() },
          { does: "keys", label: words.keys.title, icon: "keys", press: () => acts.keys() },
          { does: "about", label: words.page.info, icon: "info", press: () => acts.about() },
        ],
      },
      {
        label: words.page.theme,
        items: THEMES.map((name) => ({
          does: `theme-${name}`,
          label: words.page.themes[name],
          chosen: name === theme,
          press: () => store.set("theme", name),
        })),
      },
    ];
  }
}

export function isDark(store: Store): boolean {
  const theme = store.get("theme");
  return theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}

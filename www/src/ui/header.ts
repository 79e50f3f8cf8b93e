/** The top line: which experiment this is, and the page's own buttons. */
import type { SessionInfo } from "../engine/types";
import { words } from "../messages";
import type { Store } from "../state/store";
import { iconButton, relabel, wordButton } from "./buttons";
import { h, setText } from "./dom";
import { icon } from "./icons";

export interface HeaderActs {
  choose(): void;
  share(): void;
  export(): void;
  embed(): void;
  about(): void;
}

export class Header {
  private readonly model = h("span", { class: "model-name" });
  private readonly title = h("span", { class: "preset-name", text: words.page.choose });

  constructor(middle: HTMLElement, tools: HTMLElement, store: Store, acts: HeaderActs) {
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
    middle.append(this.model, choose, iconButton("info", words.page.info, acts.about, "quiet"));
    const theme = iconButton(
      "moon",
      words.page.toDark,
      () => store.set("theme", isDark(store) ? "light" : "dark"),
      "quiet",
    );
    theme.dataset.does = "theme";
    const share = wordButton(words.page.share, acts.share, "quiet", "share");
    share.dataset.does = "share";
    const take = wordButton(words.export.button, acts.export, "quiet", "export");
    take.dataset.does = "export";
    const embed = wordButton(words.embedding.button, acts.embed, "quiet", "embed");
    embed.dataset.does = "embed";
    tools.append(share, embed, take, theme);
    const follow = () => {
      const dark = isDark(store);
      relabel(theme, dark ? "sun" : "moon", dark ? words.page.toLight : words.page.toDark);
    };
    store.on("theme", follow);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
    follow();
  }

  describe({ description, title }: SessionInfo): void {
    setText(this.model, description.label);
    setText(this.title, title || words.page.ownExperiment);
  }
}

export function isDark(store: Store): boolean {
  const theme = store.get("theme");
  return theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}

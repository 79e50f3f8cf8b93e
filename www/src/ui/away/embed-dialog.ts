/** The experiment into somebody's own page: what it will look like there, and the text to paste. */
import type { Control } from "../../engine/types";
import * as words from "../../messages/later";
import { type Display, joinHash, LEVELS, type Level, THEMES, usual, writeOptions } from "../../state/display";
import { field } from "../controls/field";
import { wordButton } from "../kit/buttons";
import { copyButton } from "../kit/copy-button";
import { openDialog } from "../kit/dialog";
import { attribute, freshId, h } from "../kit/dom";
import { fileName, saveFile } from "../kit/files";
import type { Notices } from "../kit/notices";
import { htmlSnippet, markdownSnippet, type Snippet, savedFile, schemeOf } from "./embed-snippets";

export interface Embedded {
  title: string;
  /** The experiment as it stands, as a link has it. */
  hash: string;
  /** Address of the page, without a hash. */
  page: string;
  /** What a link can show where no frame is allowed. */
  picture: HTMLCanvasElement | null;
}

const FILE = "embed.html";
/** Widths a frame may have, and where most texts are as wide. */
const WIDTH = { min: 240, max: 900, default: 640 };
/** A height to begin with, until the embed has said its own. */
const HEIGHT = 480;
/** What may be left out of each level. */
const PARTS: Readonly<Record<Level, readonly string[]>> = {
  full: ["story", "tools", "transport", "timeline", "shelf", "spoil", "charts"],
  story: ["story", "spoil"],
  bare: [],
};

export class EmbedDialog {
  private readonly words = words.embedding;
  private display: Display = { ...usual };
  private width = WIDTH.default;
  private height = HEIGHT;
  private follow = true;
  private kind = "html";
  private readonly stage = h("div", { class: "embed-stage" });
  private readonly text = h("textarea", {
    class: "figures embed-text",
    attrs: { readonly: true, rows: 5, spellcheck: "false", id: freshId(), "data-does": "snippet" },
  });
  private readonly parts = h("fieldset", { class: "embed-parts" });
  private readonly savePicture = wordButton(words.embedding.savePicture, () => this.keepPicture());
  private frame = h("iframe");
  /** Where the preview was led last; null while it is being loaded. */
  private led: string | null = null;

  constructor(
    private readonly given: Embedded,
    private readonly notices: Notices,
  ) {
    const { words } = this;
    const save = wordButton(words.saveFile, () => void this.saveFile(), "", "export");
    save.dataset.does = "save-embed";
    this.savePicture.dataset.does = "save-picture";
    const dialog = openDialog(
      words.title,
      "embedding",
      h("section", { class: "embed-look", attrs: { "aria-label": words.preview, tabindex: 0 } }, this.stage),
      h(
        "section",
        { class: "embed-options", attrs: { "aria-label": words.options } },
        this.level(),
        this.theme(),
        this.toggle("autoplay", words.autoplay, words.autoplayHelp, true, (on) => {
          this.display.autoplay = on;
          this.begin();
        }),
        this.toggle("transparent", words.transparent, words.transparentHelp, false, (on) => {
          this.display.transparent = on;
        }),
        this.parts,
        this.size(),
        this.toggle("follow", words.follow, words.followHelp, true, (on) => {
          this.follow = on;
        }),
      ),
      h(
        "section",
        { class: "embed-paste", attrs: { "aria-label": words.paste } },
        this.kinds(),
        this.text,
        h("div", { class: "button-row" }, copyButton(this.text, "copy-snippet"), this.savePicture, save),
        h("p", { class: "field-help", text: words.saveHelp }),
      ),
    );
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== this.frame.contentWindow || data?.source !== "engram" || !(data.height > 0)) return;
      this.height = data.height;
      this.frame.style.height = `${data.height}px`;
      this.write();
    };
    addEventListener("message", hear);
    dialog.element.addEventListener("close", () => removeEventListener("message", hear));
    this.begin();
    this.changed();
    this.drawParts();
  }

  private level(): HTMLElement {
    const { words } = this;
    const options = LEVELS.map((value) => ({ value, label: words.levels[value], help: words.levelHelp[value] }));
    return choice("ui", words.level, options, (value) => {
      this.display.ui = LEVELS.find((level) => level === value) ?? usual.ui;
      this.display.hide = this.display.hide.filter((name) => PARTS[this.display.ui].includes(name));
      this.drawParts();
      this.changed();
    });
  }

  private theme(): HTMLElement {
    const { words } = this;
    const options = THEMES.map((value) => ({ value, label: words.themes[value], help: words.themeHelp[value] }));
    return choice("theme", words.theme, options, (value) => {
      this.display.theme = THEMES.find((theme) => theme === value) ?? usual.theme;
      this.changed();
    });
  }

  private kinds(): HTMLElement {
    const { words } = this;
    const options = Object.entries(words.kinds).map(([value, label]) => ({
      value,
      label,
      help: words.kindHelp[value as keyof typeof words.kinds],
    }));
    return choice("kind", words.kind, options, (value) => {
      this.kind = value;
      this.write();
    });
  }

  private size(): HTMLElement {
    const { words } = this;
    const kind = { type: "integer", ...WIDTH } as const;
    return field(control("width", words.width, words.widthHelp, kind, "px"), (value) => {
      this.width = Number(value);
      this.changed();
    }).element;
  }

  private toggle(key: string, label: string, help: string, on: boolean, set: (on: boolean) => void): HTMLElement {
    return field(control(key, label, help, { type: "toggle", default: on }), (value) => {
      set(value === true);
      this.changed();
    }).element;
  }

  private drawParts(): void {
    const { words, display } = this;
    const names = PARTS[display.ui];
    this.parts.hidden = names.length === 0;
    const boxes = names.map((name) => {
      const box = h("input", { attrs: { type: "checkbox", value: name } });
      box.checked = display.hide.includes(name);
      box.addEventListener("change", () => {
        display.hide = names.filter((other) => (other === name ? box.checked : display.hide.includes(other)));
        this.changed();
      });
      return h("label", { class: "toggle" }, box, words.parts[name] ?? name);
    });
    this.parts.replaceChildren(h("legend", { class: "field-name", text: words.hide }), ...boxes);
  }

  private get hash(): string {
    return joinHash(this.given.hash, writeOptions(this.display));
  }

  private get address(): string {
    return `${new URL(FILE, this.given.page).href}#${this.hash}`;
  }

  /** The preview from its very start. */
  private begin(): void {
    const { address } = this;
    const frame = h("iframe", {
      attrs: { title: this.words.preview, src: address, sandbox: "allow-scripts", "data-does": "preview" },
    });
    frame.style.height = `${this.height}px`;
    frame.addEventListener("load", () => {
      if (frame !== this.frame) return;
      this.led = address;
      this.lead();
    });
    this.frame = frame;
    this.led = null;
    this.stage.replaceChildren(frame);
  }

  private changed(): void {
    this.frame.style.maxWidth = `${this.width}px`;
    this.stage.dataset.scheme = schemeOf(this.display);
    this.lead();
    this.write();
  }

  /** Brings the preview to the options as they are, without a step for Back. While it is loaded it might not hear. */
  private lead(): void {
    const { address } = this;
    if (this.led === null || this.led === address) return;
    this.led = address;
    this.frame.contentWindow?.location.replace(address);
  }

  private write(): void {
    const { given, kind, width, height, follow, address } = this;
    const { title, page, hash } = given;
    const snippet: Snippet = {
      title: this.words.frameTitle(title),
      address,
      page: `${page}#${hash}`,
      width,
      height,
      follow,
      scheme: schemeOf(this.display),
    };
    this.text.value = kind === "html" ? htmlSnippet(snippet) : markdownSnippet(snippet, this.pictureName());
    this.savePicture.hidden = kind === "html";
    attribute(this.text, "aria-label", this.words.paste);
  }

  private pictureName(): string {
    return fileName(this.given.title, "", "png");
  }

  private keepPicture(): void {
    this.given.picture?.toBlob((blob) => blob && saveFile(blob, "image/png", this.pictureName()));
  }

  private async saveFile(): Promise<void> {
    const { title, page } = this.given;
    try {
      const answer = await fetch(new URL(FILE, page));
      if (!answer.ok) throw new Error(`${answer.status}`);
      const text = savedFile(await answer.text(), this.words.frameTitle(title), this.hash, page);
      saveFile(text, "text/html", fileName(title, "", "html"));
    } catch {
      this.notices.warn(this.words.saveFailed);
    }
  }
}

function choice(
  key: string,
  label: string,
  options: { value: string; label: string; help: string }[],
  change: (value: string) => void,
): HTMLElement {
  const kind = { type: "choice", options, default: options[0]?.value ?? "" } as const;
  return field(control(key, label, "", kind), (value) => change(String(value))).element;
}

/** A setting of this dialog, described as machines describe theirs. */
function control(key: string, label: string, help: string, kind: Control["kind"], unit = ""): Control {
  return { key, label, help, kind, unit, symbol: "", group: "", when: [] };
}

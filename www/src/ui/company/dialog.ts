/** Who stands beside the machine: ready sets, one more, fewer, and who leads. */
import type { Apart, Catalogue, Control, SessionInfo, Value } from "../../engine/types";
import { capital } from "../../figures";
import * as laterWords from "../../messages/later";
import { MOST_BESIDE } from "../../state/company";
import { apartOf, type Line, linesOf } from "../../state/lines";
import type { Session } from "../../state/session";
import { field } from "../controls/field";
import { isShown } from "../controls/shown";
import { iconButton, wordButton } from "../kit/buttons";
import { type Dialog, openDialog } from "../kit/dialog";
import { freshId, h, setText } from "../kit/dom";
import { lineMark, titles } from "./company";

const words = laterWords.company;

export interface CompanyHost {
  session: Session;
  catalogue: Catalogue;
  lines: readonly Line[];
  /** Opens the same experiment led by another. */
  lead(place: number): Promise<void>;
}

interface Ready {
  label: string;
  parts: string[];
  beside: Apart[];
}

/** What can be put beside: another network, or the same with one setting changed. */
type Choice = { label: string; apart(value: Value): Apart; control: Control | null };

export class CompanyDialog {
  private readonly now = h("ol", { class: "company-list" });
  private readonly ready = h("div", { class: "company-ready" });
  private readonly adding = h("div", { class: "company-add" });
  private readonly trouble = h("p", { class: "field-error", attrs: { role: "alert", hidden: true } });
  private readonly dialog: Dialog;

  constructor(private readonly host: CompanyHost) {
    this.dialog = openDialog(
      words.title,
      "company-dialog",
      h("p", { text: words.about }),
      this.trouble,
      this.now,
      this.ready,
      this.adding,
    );
    this.render();
    this.dialog.element.querySelector<HTMLElement>(".dialog-body button:not([aria-label])")?.focus();
  }

  private get info(): SessionInfo | null {
    return this.host.session.info;
  }

  private get beside(): Apart[] {
    return this.info?.beside.map(({ apart }) => apart) ?? [];
  }

  private render(): void {
    const { info } = this;
    if (!info) return;
    this.list(info);
    this.offerSets(info);
    this.offerOne(info);
  }

  /** Puts these beside; what cannot be is said here, and all stays as it is. */
  private async put(beside: Apart[], name: (place: number) => string): Promise<boolean> {
    this.trouble.hidden = true;
    const done = await this.host.session.compare(beside, (message) => {
      const [, place = "0", why = message] = /^beside\[(\d)\]\.?(.*)$/s.exec(message) ?? [];
      setText(this.trouble, words.cannot(name(Number(place)), why));
      this.trouble.hidden = false;
      this.trouble.scrollIntoView({ block: "nearest" });
    });
    if (done) this.render();
    return done;
  }

  private list(info: SessionInfo): void {
    const names = titles(info);
    const rows = names.map((name, place) => {
      const own = place - 1;
      const tools =
        place === 0
          ? [h("span", { class: "company-leads", text: words.leads })]
          : [
              wordButton(
                words.lead,
                () => {
                  this.dialog.close();
                  void this.host.lead(own);
                },
                "quiet",
              ),
              iconButton(
                "close",
                words.remove(name),
                () =>
                  void this.put(
                    this.beside.filter((_, i) => i !== own),
                    () => name,
                  ),
                "quiet",
              ),
            ];
      return h("li", {}, lineMark(place), h("span", { class: "company-name", text: name }), ...tools);
    });
    this.now.replaceChildren(...rows);
    this.now.hidden = info.beside.length === 0;
  }

  private offerSets(info: SessionInfo): void {
    const sets = [...this.lineSets(info), ...choiceSets(info)];
    const buttons = sets.map(({ label, parts, beside }) => {
      const press = async () => {
        if (await this.put(beside, (place) => parts[place + 1] ?? "")) this.dialog.close();
      };
      return h(
        "button",
        { class: "company-set", attrs: { type: "button" }, on: { click: () => void press() } },
        h("span", { text: label }),
        h("span", { class: "company-parts", text: parts.join(" | ") }),
      );
    });
    if (info.beside.length > 0) {
      const alone = async () => {
        if (await this.put([], () => "")) this.dialog.close();
      };
      buttons.push(wordButton(words.end, () => void alone(), "company-end"));
    }
    this.ready.replaceChildren(
      h("h3", { text: words.ready }),
      h("p", { class: "field-help", text: words.readyHelp }),
      ...buttons,
    );
    this.ready.hidden = buttons.length === 0;
  }

  /** The other stops of the lines on which it stands, the nearest first. */
  private lineSets(info: SessionInfo): Ready[] {
    return linesOf(info, this.host.lines, this.host.catalogue).map(({ line, here }) => {
      const others = line.stops
        .map((stop, place) => ({ stop, away: Math.abs(place - here) }))
        .filter(({ away }) => away > 0)
        .sort((a, b) => a.away - b.away)
        .slice(0, MOST_BESIDE);
      return {
        label: capital(line.label),
        parts: [line.stops[here]?.label ?? "", ...others.map(({ stop }) => stop.label)],
        beside: others.map(({ stop }) => apartOf(stop, info.description.model)),
      };
    });
  }

  private offerOne(info: SessionInfo): void {
    const head = h("h3", { text: words.add });
    if (info.beside.length >= MOST_BESIDE) {
      this.adding.replaceChildren(head, h("p", { class: "field-help", text: words.full }));
      return;
    }
    const groups = this.choices(info);
    const all = groups.flatMap(({ choices }) => choices);
    const id = freshId();
    const select = h(
      "select",
      { attrs: { id } },
      ...groups.map(({ label, choices }) =>
        h(
          "optgroup",
          { attrs: { label } },
          ...choices.map((choice) =>
            h("option", { text: capital(choice.label), attrs: { value: all.indexOf(choice) } }),
          ),
        ),
      ),
    );
    const place = h("div", { class: "company-value" });
    let value: Value = 0;
    const chosen = () => all[Number(select.value)];
    const show = () => {
      const control = chosen()?.control;
      place.replaceChildren();
      if (!control) return;
      value = info.values[control.key] ?? control.kind.default;
      const part = field(control, (next) => {
        value = next;
      });
      part.set(value);
      place.append(part.element);
    };
    select.addEventListener("change", show);
    const put = wordButton(words.put, () => {
      const choice = chosen();
      if (!choice) return;
      const { control } = choice;
      if (control && value === info.values[control.key]) {
        setText(this.trouble, words.nothing);
        this.trouble.hidden = false;
        return;
      }
      void this.put([...this.beside, choice.apart(value)], () => capital(choice.label));
    });
    show();
    this.adding.replaceChildren(
      head,
      h("label", { class: "field-name", text: words.what, attrs: { for: id } }),
      select,
      place,
      h("div", { class: "button-row" }, put),
    );
  }

  private choices(info: SessionInfo): { label: string; choices: Choice[] }[] {
    const { description, values, hide } = info;
    const settings = description.controls
      .filter((control) => isShown(control, values) && !hide.includes(control.key))
      .map((control) => ({
        label: control.label,
        control,
        apart: (value: Value): Apart => ({ params: { [control.key]: value } }),
      }));
    const { models } = this.host.catalogue;
    const grey = info.memories.some((memory) => memory.grey !== null);
    const mine = models.find(({ name }) => name === description.model)?.patterns && info.memories.length > 0;
    const others = models
      .filter((model) => mine && model.name !== description.model && model.patterns && (model.grey || !grey))
      .map(({ name, label }) => ({ label, control: null, apart: (): Apart => ({ model: name }) }));
    return [
      { label: capital(description.label), choices: settings },
      { label: words.models, choices: others },
    ].filter(({ choices }) => choices.length > 0);
  }
}

/** The same machine with every option of a choice that it has. */
function choiceSets({ description, values, hide }: SessionInfo): Ready[] {
  return description.controls.flatMap((control) => {
    const { key, kind, label } = control;
    if (kind.type !== "choice" || !isShown(control, values) || hide.includes(key)) return [];
    const now = kind.options.find(({ value }) => value === values[key]);
    const others = kind.options.filter((option) => option !== now).slice(0, MOST_BESIDE);
    const beside = others.map(({ value }) => ({ params: { [key]: value } }));
    return [{ label: capital(label), parts: [now, ...others].map((option) => option?.label ?? ""), beside }];
  });
}

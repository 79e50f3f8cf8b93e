/** How to spoil a picture: the machine's own arguments, kept as the visitor left them. */
import type { SessionInfo, Value } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { wordButton } from "../kit/buttons";
import { h } from "../kit/dom";
import { foldedNote, optionParts } from "../notes/note";
import { fieldSet } from "./field";

export class Spoil {
  private readonly fields = h("div", { class: "spoil-fields" });
  private key = "";
  /** What the fields show: what was set elsewhere has to be shown by fields made anew. */
  private shown: Record<string, Value> | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
  ) {
    const press = wordButton(words.spoil.again, () => void session.spoil(), "main");
    press.dataset.does = "spoil";
    store.on("spoil", () => {
      if (store.get("spoil") === this.shown || !session.info) return;
      this.key = "";
      this.describe(session.info);
    });
    const path = "actions.spoil";
    const note = foldedNote("page", {
      label: words.spoil.note,
      parts: () => [
        { path, title: "" },
        ...(session.action("spoil")?.args ?? []).flatMap(({ key, kind }) =>
          optionParts(`${path}.args.${key}`, kind, session.spoilArgs()[key]),
        ),
      ],
      values: () => session.spoilArgs(),
    });
    root.append(this.fields, h("div", { class: "action-row" }, press, note.button), note.panel);
  }

  describe({ description }: SessionInfo): void {
    const action = this.session.action("spoil");
    this.root.hidden = action === undefined;
    const key = JSON.stringify([description.model, action]);
    if (!action || key === this.key) return;
    this.key = key;
    const parts = fieldSet(
      action.args,
      this.session.spoilArgs(),
      (values) => {
        this.shown = values;
        this.store.set("spoil", values);
      },
      "compact",
    );
    this.fields.replaceChildren(...parts.map(({ element }) => element));
  }
}

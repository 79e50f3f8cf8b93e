/** What of the drawer an experiment leaves out on the page, because it is about just that. */
import type { Frame, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import { h } from "../kit/dom";
import { Fields, GROUPS } from "./fields";

export class Kept {
  private readonly root = h("section", { class: "kept", attrs: { "aria-label": words.drawer.kept } });
  private fields: Fields;
  private key = "";

  constructor(
    charts: HTMLElement,
    private readonly session: Session,
  ) {
    this.fields = new Fields(session);
    charts.parentElement?.append(this.root);
  }

  describe(info: SessionInfo): void {
    const { keep, hide, description } = info;
    const key = JSON.stringify([description.controls, description.actions, keep, hide]);
    if (key !== this.key) {
      this.key = key;
      this.build(info);
    }
    this.fields.follow(info);
    this.root.hidden = this.root.querySelector(".field:not([hidden]), .action") === null;
  }

  show(frame: Frame): void {
    this.fields.show(frame);
  }

  private build({ keep, hide, description: { controls, actions } }: SessionInfo): void {
    const fields = new Fields(this.session);
    this.fields = fields;
    const kept = keep.flatMap((key) => {
      if (hide.includes(key)) return [];
      const control = controls.find((control) => control.key === key);
      if (control) return [fields.control(control, "compact")];
      const action = actions.find((action) => action.key === key && GROUPS.includes(action.group));
      return action ? [fields.action(action, "compact")] : [];
    });
    this.root.replaceChildren(...kept);
  }
}

/**
 * What can be worked out of a machine beside its run: a dialog in which it is begun, seen to go on, and stopped. The machine
 * is taken as it was when it began; the run may go on meanwhile.
 */
import type { SessionInfo, StudyInfo, StudyReport } from "../../engine/types";
import { capital, sentence } from "../../figures";
import * as words from "../../messages/later";
import { messageOf } from "../../state/questions";
import type { Session } from "../../state/session";
import { wordButton } from "../kit/buttons";
import { openDialog } from "../kit/dialog";
import { h } from "../kit/dom";

export class Studies {
  private readonly button = wordButton(words.learning.studies, () => this.open(), "quiet studies");
  private studies: readonly StudyInfo[] = [];

  constructor(
    views: HTMLElement,
    private readonly session: Session,
  ) {
    views.append(this.button);
    this.button.dataset.does = "studies";
    this.button.hidden = true;
  }

  describe({ description, beside }: SessionInfo): void {
    this.studies = beside.length === 0 ? description.studies : [];
    this.button.hidden = this.studies.length === 0;
  }

  private open(): void {
    // One at a time: whoever begins another stops the first, and so does closing the dialog.
    let turn = 0;
    const parts = this.studies.map(
      (study) =>
        new StudyPart(
          study,
          this.session,
          () => ++turn,
          () => turn,
        ),
    );
    const { element } = openDialog(
      words.learning.studiesTitle,
      "studying",
      h("p", { class: "field-help", text: words.learning.studiesHelp }),
      ...parts.map((part) => part.element),
    );
    element.addEventListener("close", () => {
      turn += 1;
      void this.session.questions.study("").catch(() => undefined);
    });
  }
}

class StudyPart {
  private readonly start: HTMLButtonElement;
  private readonly stop = wordButton(words.learning.cancel, () => this.cancel());
  private readonly progress = h("progress", { attrs: { max: 1, value: 0, "aria-label": words.learning.progress } });
  private readonly under = h("div", { class: "study-under", attrs: { hidden: true } }, this.progress, this.stop);
  private readonly says = h("div", { class: "study-found", attrs: { "aria-live": "polite" } });
  readonly element: HTMLElement;

  /** `next` begins a turn, after which what was begun before is no longer `now`. */
  constructor(
    private readonly study: StudyInfo,
    private readonly session: Session,
    private readonly next: () => number,
    private readonly now: () => number,
  ) {
    this.start = wordButton(words.learning.start, () => void this.run());
    this.start.dataset.does = study.key;
    this.element = h(
      "section",
      { class: "study" },
      h("h3", { text: capital(study.label) }),
      h("p", { class: "field-help", text: sentence(study.help) }),
      this.start,
      this.under,
      this.says,
    );
  }

  private async run(): Promise<void> {
    const { questions } = this.session;
    const mine = this.next();
    this.show(true);
    this.stop.focus();
    this.says.replaceChildren();
    this.progress.value = 0;
    try {
      await questions.study(this.study.key);
      while (mine === this.now()) {
        const { done, report } = await questions.study(null);
        if (mine !== this.now()) break;
        this.progress.value = done;
        if (report) this.tell(report);
        if (report) break;
      }
    } catch (error) {
      this.says.replaceChildren(h("p", { class: "field-error", text: messageOf(error) }));
    }
    const focused = this.under.contains(document.activeElement);
    this.show(false);
    if (focused) this.start.focus();
  }

  private cancel(): void {
    this.next();
    void this.session.questions.study("").catch(() => undefined);
  }

  private show(running: boolean): void {
    this.under.hidden = !running;
    this.start.hidden = running;
  }

  private tell({ findings, note }: StudyReport): void {
    const row = ({ label, value, error, unit }: StudyReport["findings"][number]) =>
      h(
        "tr",
        {},
        h("th", { text: label, attrs: { scope: "row" } }),
        h("td", {
          class: "figures",
          text: words.learning.found(value ?? Number.NaN, error),
        }),
        h("td", { text: unit }),
      );
    this.says.replaceChildren(
      h("table", {}, h("tbody", {}, ...findings.map(row))),
      h("p", { class: "field-help", text: note }),
    );
  }
}

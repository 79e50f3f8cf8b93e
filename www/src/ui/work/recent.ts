/** The works that are kept in this browser, each to be opened again or deleted. */
import * as words from "../../messages";
import * as laterWords from "../../messages/later";
import { type Listed, MOST_WORKS, type Work } from "../../state/work";
import { iconButton, wordButton } from "../kit/buttons";
import { freshId, h } from "../kit/dom";
import type { Notices } from "../kit/notices";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The list as an element; null if there is nothing. `open` hears what was chosen. */
export function recentWork(work: Work, notices: Notices, open: (work: Listed) => void): HTMLElement | null {
  if (work.others().length === 0) return null;
  const id = freshId();
  const list = h("ul", { class: "recent-list" });
  const element = h(
    "section",
    { class: "recent", attrs: { "aria-labelledby": id } },
    h("h3", { text: laterWords.keeping.recent, attrs: { id } }),
    list,
  );
  const drop = (works: readonly Listed[]) => {
    const undo = work.drop(works);
    fill();
    const again = () => {
      undo();
      fill();
    };
    notices.tell(laterWords.keeping.removed(works.length), { label: words.trouble.undo, press: again });
  };
  const all = wordButton(laterWords.keeping.removeAll, () => drop(work.others()), "quiet");
  all.dataset.does = "drop-works";
  element.append(
    h(
      "div",
      { class: "recent-foot" },
      h("p", { class: "field-help", text: laterWords.keeping.recentHelp(MOST_WORKS) }),
      all,
    ),
  );
  const fill = () => {
    const works = work.others();
    list.replaceChildren(
      ...works.map((one) => {
        const title = one.record.title || words.page.ownExperiment;
        return h(
          "li",
          { class: "recent-work" },
          h(
            "button",
            { class: "recent-open", attrs: { type: "button", "data-work": one.id }, on: { click: () => open(one) } },
            h("span", { class: "preset-title", text: title }),
            h("span", { class: "preset-text", text: ago(one.record.time) }),
          ),
          iconButton("close", laterWords.keeping.remove(title), () => drop([one]), "quiet"),
        );
      }),
    );
    if (works.length === 0) list.append(h("li", { class: "field-help", text: laterWords.keeping.none }));
    all.hidden = works.length === 0;
  };
  fill();
  return element;
}

/** How long ago, in words; a date if it is longer than a week. */
function ago(time: number): string {
  const past = Date.now() - time;
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (past < MINUTE) return laterWords.keeping.now;
  if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), "minute");
  if (past < DAY) return relative.format(-Math.floor(past / HOUR), "hour");
  if (past < 7 * DAY) return relative.format(-Math.floor(past / DAY), "day");
  return new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(time);
}

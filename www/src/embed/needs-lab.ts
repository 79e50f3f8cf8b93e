/** What stands in the frame of an experiment that needs a file: a page that is one file has nothing beside it. */
import * as words from "../messages";
import { titleOf } from "../state/link";
import { h } from "../ui/kit/dom";
import type { Problem } from "../ui/problem";
import { LabLink } from "./lab-link";

/** `hash` is the experiment's link; `lab` is the page's address, if that is known. */
export function needsLab(hash: string, lab: string | null): Problem {
  const way = h("div", { class: "button-row" });
  new LabLink(way, async () => hash, lab, "button main").describe();
  return { title: titleOf(hash) || words.embed.needsLab, plain: words.embed.needsLabText, ways: way };
}

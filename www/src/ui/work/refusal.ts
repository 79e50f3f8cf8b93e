/** What is shown of an experiment that cannot be opened: what is wrong with it in plain words, and the first way out. */
import type { LinkProblem } from "../../engine/types";
import * as laterWords from "../../messages/later";
import type { Problem } from "../problem";

type Shown = Problem & { ways: { label: string; press(): void; main?: boolean }[] };

/** `salvage` opens what can be read of it. */
export function refused({ kind, message }: LinkProblem, text: string, salvage: (() => void) | null): Shown {
  const { refusal } = laterWords;
  return {
    title: refusal.title(kind),
    plain: refusal.plain(kind),
    detail: message,
    text,
    ways: salvage ? [{ label: refusal.salvage, press: salvage, main: true }] : [],
  };
}

/** `choose` lets the visitor choose the file that is missing. */
export function missing(message: string, text: string, choose: () => void): Shown {
  const { refusal } = laterWords;
  const ways = [{ label: refusal.choose, press: choose, main: true }];
  return { title: refusal.own, plain: refusal.ownText, detail: message, text, ways };
}

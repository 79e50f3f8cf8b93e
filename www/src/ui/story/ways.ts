/** What can be done about how a run ended, as buttons that do it. */
import type { Frame, Outcome, SessionInfo } from "../../engine/types";
import * as words from "../../messages";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { isShown } from "../controls/shown";
import type { Notices } from "../kit/notices";
import { waysOf } from "./story";

export interface Way {
  label: string;
  press(): void;
}

/** How much more, or less, is spoiled at the next try, as part of what is allowed. */
const BY = 0.1;

export function waysOn(
  session: Session,
  store: Store,
  notices: Notices,
  { outcome, settled }: Frame,
  info: SessionInfo,
  strongest: readonly number[],
): Way[] {
  const verdict = words.verdict;
  const can = waysOf(session, info);
  const about = session.cue?.memory ?? store.get("cue") ?? strongest[0] ?? 0;
  const nameOf = (memory: number) => info.memories[memory]?.name ?? "";
  const spoil = (more: number): Way | null => {
    const next = can.spoil && can.memories && session.has("cue") ? spoiled(session, more) : null;
    if (!next) return null;
    const press = () => {
      store.set("spoil", next.args);
      void session.pick(about, true);
    };
    return { label: (more > 0 ? verdict.harder : verdict.less)(next.amount), press };
  };
  const pick = (): Way | null => {
    const other = (about + 1) % Math.max(1, info.memories.length);
    return can.pick ? { label: verdict.pick(nameOf(other)), press: () => void session.pick(other, true) } : null;
  };
  /** The one that competes hardest with what was asked for. */
  const forget = (): Way | null => {
    const memory = strongest.find((memory) => memory !== about);
    if (!can.forget || memory === undefined) return null;
    const press = async () => {
      if (!(await session.act("forget", { memory }))) return;
      store.set("cue", null);
      const undo = { label: words.trouble.undo, press: () => session.undo() };
      notices.tell(words.shelf.forgotten(nameOf(memory)), undo);
    };
    return { label: verdict.forget(nameOf(memory)), press: () => void press() };
  };
  const change = (wanted: string | null): Way | null => {
    const settings = info.hide.includes("controls") ? [] : info.description.controls;
    const shown = settings.filter((control) => !info.hide.includes(control.key) && isShown(control, info.values));
    const control = wanted === null ? shown[0] : shown.find(({ key }) => key === wanted);
    return control ? { label: verdict.change(control.label), press: () => reach(control.key, store) } : null;
  };
  const goOn = (): Way | null => (settled ? null : { label: verdict.goOn, press: () => session.play() });
  const dice = (): Way | null => (can.dice ? { label: verdict.dice, press: () => void session.reseed() } : null);
  const ways: (Way | null)[] = (() => {
    const kind: Outcome["kind"] = outcome.kind;
    switch (kind) {
      case "recalled":
        return [spoil(BY), pick()];
      case "inverse":
        return [spoil(-BY), pick()];
      case "mixture":
      case "spurious":
        return [spoil(-BY), forget(), change(null)];
      case "average":
        return [change(null), spoil(-BY), forget()];
      case "answer":
        return [dice(), change(null)];
      case "underway":
        return [goOn(), change(null)];
      case "two_cycle":
        return [change("update") ?? change(null), pick()];
      case "not_settled":
        return [goOn(), change(outcome.kind === "not_settled" && outcome.sampling ? "temperature" : null), pick()];
      default:
        return [goOn(), pick(), change(null)];
    }
  })();
  return ways.filter((way) => way !== null);
}

/** The arguments of spoiling with its first amount moved, and that amount in words; null if it moves no further. */
function spoiled(session: Session, more: number) {
  const args = session.spoilArgs();
  const control = session
    .action("spoil")
    ?.args.find((control) => control.kind.type === "number" && isShown(control, args));
  if (control?.kind.type !== "number") return null;
  const { key, unit, kind } = control;
  const { min, max, step, percent } = kind;
  const now = Number(args[key]);
  const next = Math.min(max, Math.max(min, now + more * (max - min)));
  const value = Number((Math.round(next / step) * step).toPrecision(6));
  // To spoil nothing at all would be no try.
  if (value === now || value === min) return null;
  const amount = percent ? `${Math.round(value * 100)} %` : [value, unit].join(" ").trim();
  return { args: { ...args, [key]: value }, amount };
}

/** Goes to a control: where it stands on the page, or in the drawer. */
function reach(key: string, store: Store): void {
  const field = () =>
    [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)].find((element) =>
      element.checkVisibility(),
    );
  if (!field()) store.set("drawer", true);
  const found = field();
  found?.scrollIntoView({ block: "nearest" });
  found?.querySelector<HTMLElement>("select, input")?.focus();
}

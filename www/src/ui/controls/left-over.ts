/**
 * Settings that are kept but not felt, because another setting is not what they need. The engine says so in a notice
 * that begins with the setting's place in the spec; such news stands with the settings, not over the page.
 */
import type { Control, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import { shownValue } from "./field";
import { isShown } from "./shown";

interface LeftOver {
  control: Control;
  /** What is said about it. */
  text: string;
  /** What the engine said. */
  notice: string;
}

export function leftOver({ description: { controls }, values, notices }: SessionInfo): LeftOver[] {
  return controls.flatMap((control) => {
    const notice = notices.find((text) => text.startsWith(`params.${control.key} `));
    const value = values[control.key];
    const need = control.when.find(({ key, values: wanted }) => !wanted.includes(String(values[key])));
    const other = controls.find(({ key }) => key === need?.key);
    const now = other && values[other.key];
    if (!notice || isShown(control, values) || value === undefined || !other || now === undefined) return [];
    const text = words.drawer.idle(
      capital(control.label),
      shownValue(control, value),
      other.label,
      shownValue(other, now),
    );
    return [{ control, text, notice }];
  });
}

/** The notices that are news to the visitor. */
export function news(info: SessionInfo): string[] {
  const told = leftOver(info).map(({ notice }) => notice);
  return info.notices.filter((notice) => !told.includes(notice));
}

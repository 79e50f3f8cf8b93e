/** The sheet of keys: made from the tables that the keys themselves are looked up in. */
import * as words from "../messages";
import type { Store } from "../state/store";
import { openDialog } from "./kit/dialog";
import { h } from "./kit/dom";
import type { KeyGroup, Shortcut } from "./kit/keys";

const GROUPS: readonly KeyGroup[] = ["run", "time", "draw", "cell", "shelf", "page"];

export function openKeys(table: readonly Shortcut[], store: Store): void {
  const keys = words.keys;
  const groups = GROUPS.map((group) => {
    // What several keys do is one line.
    const lines = new Map<string, Shortcut[]>();
    for (const shortcut of table) {
      if (shortcut.group === group) lines.set(shortcut.what, [...(lines.get(shortcut.what) ?? []), shortcut]);
    }
    const list = [...lines].flatMap(([what, shortcuts]) => [
      h("dt", {}, ...shortcuts.flatMap((shortcut, i) => [i > 0 ? keys.or : null, ...caps(shortcut)])),
      h("dd", { text: what }),
    ]);
    return h("section", {}, h("h3", { text: keys.groups[group] }), h("dl", { class: "keys" }, ...list));
  });
  const single = h("input", { attrs: { type: "checkbox", checked: store.get("keys") } });
  single.addEventListener("change", () => store.set("keys", single.checked));
  openDialog(
    keys.title,
    "keys-sheet",
    h("div", { class: "keys-groups" }, ...groups),
    h("label", { class: "toggle" }, single, h("span", { text: keys.single })),
  );
}

/** A shortcut as the caps of its keys, those that are pressed together side by side. */
function caps({ keys, ctrl, alt, shift }: Shortcut): (Node | string)[] {
  const held = [...(ctrl ? ["Control"] : []), ...(alt ? ["Alt"] : []), ...(shift ? ["Shift"] : [])];
  const cap = (key: string) => h("kbd", { text: words.keys.caps[key] ?? key.toUpperCase() });
  return keys.flatMap((key) => [h("span", { class: "chord" }, ...[...held, key].map(cap)), " "]);
}

/** The way out where an experiment needs a file that is not in this browser: whoever has it chooses it. */
import type { Engine } from "../../engine/client";
import { keepFile } from "../../files";
import * as laterWords from "../../messages/later";
import { readable } from "../away/npz";
import { h } from "../kit/dom";
import type { Notices } from "../kit/notices";
import { SHARE } from "./source";

/** Asks for the file of that name, keeps it and opens the experiment `again`; another file is refused. */
export function chooseOwnFile(name: string, around: { engine: Engine; notices: Notices }, again: () => void): void {
  const { engine, notices } = around;
  const { sets } = laterWords;
  const take = async (file: File) => {
    const whole = new Uint8Array(await file.arrayBuffer());
    // A file of pictures comes to the set that was made of it, if nothing was asked of that which it does not say.
    const made = await engine
      .request("readSet", { file: whole, labels: null, size: null, share: SHARE })
      .catch(() => null);
    const bytes = made?.name === name ? made.bytes : await readable(whole);
    if ((await engine.request("bring", { bytes })) !== name) return notices.warn(sets.other(file.name));
    if ((await keepFile(name, bytes)) !== "kept") notices.warn(sets.unkept);
    again();
  };
  const input = h("input", {
    class: "unseen",
    attrs: { type: "file", tabindex: -1, "aria-hidden": "true", "data-does": "choose-own-file" },
    on: {
      change: () => {
        const [file] = input.files ?? [];
        if (file) take(file).catch(() => notices.warn(sets.unreadable(file.name)));
      },
    },
  });
  // Some browsers forget a chooser that is nowhere on the page; one of them is enough.
  document.querySelector("[data-does=choose-own-file]")?.remove();
  document.body.append(input);
  input.click();
}

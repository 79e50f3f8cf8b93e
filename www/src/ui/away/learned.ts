/** What a network has learned, to take away as a file and to be opened again: for Python, and from there. */
import type { Engine } from "../../engine/client";
import { keepFile } from "../../files";
import * as words from "../../messages/later";
import { wordButton } from "../kit/buttons";
import { copyButton } from "../kit/copy-button";
import { freshId, h, setText } from "../kit/dom";
import { fileName, saveFile } from "../kit/files";
import type { Notices } from "../kit/notices";
import { segments } from "../kit/segments";
import { readable, toArchive } from "./npz";

/** More than any machine of the page is written in. */
const LONGEST = 64e6;
/** Kinds of files, by how their names end. */
type LearnedFormat = "safetensors" | "npz";
const FORMATS: readonly LearnedFormat[] = ["safetensors", "npz"];

export interface Weights {
  engine: Engine;
  notices: Notices;
  /** Opens a spec that was made on the page. */
  open(spec: string): Promise<void>;
}

/** What reads a file, shows what is in it, and writes one that can be opened here. */
function python(format: LearnedFormat, file: string): string {
  const [bring, read, write] =
    format === "npz"
      ? ["import numpy as np", `dict(np.load("${file}"))`, 'np.savez("mine.npz", **net)']
      : [
          "from safetensors.numpy import load_file, save_file",
          `load_file("${file}")`,
          'save_file(net, "mine.safetensors")',
        ];
  return `${bring}

net = ${read}
for name, array in net.items():
    print(name, array.shape)

${write}`;
}

/** Rows of the export dialog. */
export function learnedRows(title: string, weights: Weights, close: () => void): HTMLElement[] {
  const says = words.learned;
  const { engine } = weights;
  let format: LearnedFormat = "safetensors";
  const trouble = h("p", { class: "field-help", attrs: { role: "status" } });
  const file = () => fileName(title, "", format);
  const snippet = h("textarea", {
    class: "spec figures",
    attrs: { readonly: true, rows: 7, spellcheck: "false", id: freshId() },
  });
  const show = () => {
    snippet.value = python(format, file());
  };
  show();
  const formats = segments(
    says.format,
    FORMATS.map((known) => [known, says.formats[known]]),
    format,
    (chosen) => {
      format = chosen === "npz" ? "npz" : "safetensors";
      show();
    },
  );
  const save = wordButton(says.save, () => {
    engine.request("learned", {}).then(
      (bytes) => {
        const content = format === "npz" ? toArchive(bytes) : bytes;
        saveFile(new Blob([content as BlobPart]), "application/octet-stream", file());
        setText(trouble, "");
      },
      (error: unknown) => setText(trouble, says.failed(error instanceof Error ? error.message : "")),
    );
  });
  save.dataset.does = "save-weights";
  const open = wordButton(says.open, () => chooseWeights(weights, close));
  open.dataset.does = "open-weights";
  return [
    formats,
    h("div", { class: "button-row" }, save, open),
    trouble,
    h("p", { class: "field-help", text: says.help }),
    h("label", { class: "field-name", text: says.python, attrs: { for: snippet.id } }),
    snippet,
    h("div", { class: "button-row" }, copyButton(snippet, "copy-python")),
  ];
}

function chooseWeights(weights: Weights, close: () => void): void {
  const input = h("input", {
    class: "unseen",
    attrs: {
      type: "file",
      accept: ".safetensors,.npz",
      tabindex: -1,
      "aria-hidden": "true",
      "data-does": "choose-weights",
    },
    on: {
      change: () => {
        const [file] = input.files ?? [];
        input.remove();
        if (!file) return;
        close();
        void openWeights(file, weights);
      },
      cancel: () => input.remove(),
    },
  });
  // Some browsers forget a chooser that is nowhere on the page.
  document.body.append(input);
  input.click();
}

/** Opens a file of weights: in the machine that it names, or else in the one that is open. */
export async function openWeights(file: File, { engine, notices, open }: Weights): Promise<void> {
  const says = words.learned;
  if (file.size > LONGEST) return notices.warn(says.tooLong(file.name));
  const read = await file.arrayBuffer().catch(() => null);
  if (!read) return notices.warn(says.unreadable(file.name));
  try {
    const bytes = await readable(new Uint8Array(read));
    const { name, spec } = await engine.request("withLearned", { bytes });
    const kept = await keepFile(name, bytes);
    await open(JSON.stringify({ ...JSON.parse(spec), title: file.name.replace(/\.[^.]*$/, "") }));
    if (kept !== "kept") notices.warn(says.unkept);
  } catch (error) {
    notices.warn(says.refused(file.name, error instanceof Error ? error.message : ""));
  }
}

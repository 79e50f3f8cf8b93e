/** Passing an experiment on. */
import { count } from "./parts";

export const share = {
  title: "Share this experiment",
  link: "Link",
  length: (n: number) => count(n, "character", "characters"),
  linkHelp: "It holds the whole experiment: memories, picture, controls and seed. Whoever opens it sees the same run.",
  spec: "Spec",
  specHelp: "The same experiment as text, for a file or the command line.",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Copying is not allowed here: the text is selected, press Ctrl+C.",
  download: "Download",
  /** Of files whose experiment has no title. */
  name: "experiment",
};

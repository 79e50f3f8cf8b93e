/** Passing an experiment on. */
import { count } from "./parts";

export const share = {
  /** Buttons of the other ways out. */
  embed: "Embed",
  takeAway: "Export",
  title: "Share this experiment",
  link: "Link",
  tooLong:
    "These pictures are too many for a link. The spec below holds them all: send it as a file, which opens when it is dropped on the page.",
  tooLongToEmbed: "These pictures are too many for a link, and an embed is one: forget some of them first.",
  length: (n: number) => count(n, "character", "characters"),
  inIt: "In it",
  holds: "The whole experiment: memories, picture, controls and seed. Whoever opens it sees the same run, bit for bit.",
  notInIt: "Not in it",
  lacks: "How far it has run, what undo remembers, and how this page looks to you. Nothing is stored anywhere else.",
  spec: "Spec",
  specHelp: "The same experiment as text, for a file or the command line.",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Copying is not allowed here: the text is selected, press Ctrl+C.",
  download: "Download",
  /** Of files whose experiment has no title. */
  name: "experiment",
};

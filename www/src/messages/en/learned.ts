/** Taking what a network has learned away, and opening it again. */
import { sentence } from "../../figures";
import { quoted } from "./parts";

export const learned = {
  title: "What it has learned",
  format: "Weights, as a file",
  formats: { safetensors: "safetensors", npz: "NumPy" },
  save: "Save weights",
  open: "Open weights…",
  help: "Weights that were saved here, or made in Python, are opened in a network with as many units. They stay in this browser; a link names them and does not carry them.",
  python: "In Python",
  failed: (why: string) => `The weights could not be saved: ${sentence(why)}`,
  tooLong: (name: string) => `${quoted(name)} is longer than any file of weights that is opened here.`,
  unreadable: (name: string) => `${quoted(name)} could not be read.`,
  refused: (name: string, why: string) => `${quoted(name)} was not opened. ${sentence(why)}`,
  unkept: "This browser did not keep the file: after a reload it has to be chosen again.",
};

/** What was dropped or pasted anywhere on the page. */
import { count, quoted } from "./parts";

export const drop = {
  noImages: "This experiment takes no more memories.",
  nothing: "What was dropped is neither a picture, nor a spec, nor a link to an experiment.",
  tooLong: (name: string) => `${quoted(name)} is longer than any spec: it was not opened.`,
  unreadable: (name: string) => `${quoted(name)} could not be read.`,
  oneOf: (name: string, left: number, specs: boolean) =>
    specs
      ? `Opened ${quoted(name)}, and not ${count(left, "other spec", "other specs")}: one experiment is open at a time.`
      : `Opened ${quoted(name)}. ${count(left, "other file was", "other files were")} left: drop pictures once more to add them to it.`,
};

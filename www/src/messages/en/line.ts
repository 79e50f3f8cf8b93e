/** The line of machines on which an experiment stands. */
import { sentence } from "../../figures";

export const line = {
  title: "One network becomes another",
  which: "Which line",
  stop: (label: string, says: string) => `${label}: ${sentence(says)}`,
  formula: "The formula, term by term",
  fresh: "new",
  failed: (label: string, why: string) => `It cannot become “${label}”: ${why}`,
};

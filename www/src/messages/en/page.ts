/** The top of the page. */

export const page = {
  share: "Share",
  compare: "Compare",
  info: "About this experiment",
  toDark: "Dark theme",
  toLight: "Light theme",
  choose: "Choose an experiment",
  chooseModel: "Choose a network",
  close: "Close",
  drop: "Drop pictures to make them memories, or a spec or a link to open it.",
  more: "More",
  theme: "Colours",
  themes: { auto: "As the system has them", light: "Light", dark: "Dark" },
  ownExperiment: "Your experiment",
};

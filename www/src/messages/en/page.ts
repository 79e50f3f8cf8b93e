/** The top of the page. */

export const page = {
  share: "Share",
  info: "About this experiment",
  toDark: "Dark theme",
  toLight: "Light theme",
  choose: "Choose an experiment",
  close: "Close",
  ownExperiment: "Your experiment",
};

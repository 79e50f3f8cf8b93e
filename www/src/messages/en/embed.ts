/** The experiment in somebody else's page, and the dialog that puts it there. */
import { list } from "./parts";

export const embed = {
  play: "Play",
  pause: "Pause",
  touchToPlay: "Touch to play",
  touchToDraw: "Touch the picture to draw on it",
  touchBeside: "Draw. To scroll, touch beside the picture.",
  open: "Open in the lab",
  copyLink: "Copy the link",
  noLab:
    "This file does not know where its lab is. Here is the experiment: open it in any Engram page under “Open a link”.",
  noTab: "If no new tab has opened, the page around this one does not allow it. Here is the link:",
  needsLab: "This experiment is shown in the lab",
  needsLabText:
    "Its network learns from a file of pictures. The file stands beside the lab, and does not come along into another page. In the lab the same experiment opens with all that it needs.",
  gone: "The network stopped",
  goneText: "It was started again once and stopped again. Reload to begin anew.",
  damaged: "This file is not whole: get it again from where it came.",
  badOption: (key: string, value: string, allowed: readonly string[]) =>
    `The option ${key}=${value.slice(0, 40)} is not known and was left out. Allowed: ${list([...allowed])}.`,
};

/** Another network for the same experiment. */
import { capital, sentence } from "../../figures";
import { list } from "./parts";

export const models = {
  title: "Networks",
  text: "The pictures, the cue and the settings go with you, as far as the other network takes them.",
  current: "open now",
  all: (label: string) => `${capital(label)}: pictures, cue and settings came along. Back leads to the network before.`,
  some: (label: string, lost: string[]) =>
    `${sentence(`${capital(label)} does not take ${list(lost)}`)} The rest came along, and Back leads to the network before.`,
  none: (label: string) =>
    `${capital(label)} takes nothing of this experiment, and starts with an example of its own. Back leads to the network before.`,
  failed: (label: string, why: string) => `${capital(label)} could not be opened: ${sentence(why)}`,
  lost: {
    beside: "the networks beside it",
    learned: "what was learned before",
    prepare: "damage and dreams",
    weights: "weights given outright",
    biases: "biases given outright",
    places: "places of the plane",
    edges: "links between neurons",
    start: "the cue",
    clamp: "held cells",
    greys: "shades of grey",
    patterns: "pictures",
  },
};

/** Words of the parts that are fetched only when they are asked for. */
export { about } from "./about";
export { add } from "./add";
export { company } from "./company";
export { course } from "./course";
export { drop } from "./drop";
export { embedding } from "./embedding";
export { explain } from "./explain";
export { exporting as export } from "./export";
export { figure } from "./figure";
export { keeping } from "./keeping";
export { learned } from "./learned";
export { learning } from "./learning";
export { line } from "./line";
export { models } from "./models";
export { refusal } from "./refusal";
export { sets } from "./sets";

/** Words of the parts that are fetched only when they are asked for. */
export { add } from "./add";
export { figure } from "./figure";

/** Words of the parts that are fetched only when they are asked for. */
import { add } from "./add";

export const later = { add };

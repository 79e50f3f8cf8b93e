/** The words of what is fetched only after a click, kept out of what every visitor loads; as `words` otherwise. */
import { later } from "./en/later";

export type LaterMessages = typeof later;
export const laterWords: LaterMessages = later;

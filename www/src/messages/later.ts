/** The words of what is fetched only when it is wanted, kept out of what every visitor loads; as `words` otherwise. */
import type * as later from "./en/later";

export * from "./en/later";
export type LaterMessages = typeof later;

/** Long work in short pieces, between which the page draws and answers. */

/** Milliseconds of work after which the page has its turn. */
const SLICE = 6;

/** Does `work` for each item; stops early once `signal` is given. True if all were done. */
export async function inSlices<T>(
  items: Iterable<T>,
  work: (item: T, index: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let since = performance.now();
  let index = 0;
  for (const item of items) {
    if (performance.now() - since > SLICE) {
      await turn();
      since = performance.now();
    }
    if (signal.aborted) return false;
    work(item, index++);
  }
  return !signal.aborted;
}

/** The page's turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

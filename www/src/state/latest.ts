/** Sends only the latest of many values: one at a time, and whatever came meanwhile once that is answered. */
export function latest<T>(send: (value: T) => Promise<unknown>): (value: T) => void {
  let next: { value: T } | null = null;
  let busy = false;
  const work = async () => {
    busy = true;
    while (next) {
      const { value } = next;
      next = null;
      await send(value);
    }
    busy = false;
  };
  return (value) => {
    next = { value };
    if (!busy) void work();
  };
}

/** Calls once the values have stood still for a while: a slider dragged is one edit. */
export function settled<T>(milliseconds: number, then: (value: T) => void): (value: T) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => then(value), milliseconds);
  };
}

/** Lets the browser do what waits: a press, a frame. */
export function breath(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

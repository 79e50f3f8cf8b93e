/** Data sets: files beside the page, which experiments that need them ask for by name. */

/** After so long, in milliseconds, a server is not waited for any more. */
const PATIENCE = 30_000;

/** The bytes of a data set. */
export async function fetchData(name: string): Promise<Uint8Array> {
  // A page that is one file has nothing beside it.
  const file = `data/${name}.bin`;
  if (ENGRAM_WASM === "") throw new Error(`The file ${file} is no part of this one.`);
  const waited = AbortSignal.timeout?.(PATIENCE);
  const response = await fetch(new URL(file, import.meta.url), waited ? { signal: waited } : {}).catch(() => null);
  if (!response?.ok) {
    const why = response ? `the server answered ${response.status}` : "the server did not answer";
    throw new Error(`The file ${file} could not be loaded: ${why}.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

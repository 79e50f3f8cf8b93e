/**
 * What experiments need and ask for by name: data sets, which are files beside the page, and files that the visitor once
 * brought along.
 */
import { isOwn, keptFile } from "../files";

/** After so long, in milliseconds, a server is not waited for any more. */
const PATIENCE = 30_000;

/** Where machines are that were trained before: files of weights. */
const READY = "ready/";

/** The bytes of a data set, or of a file of the visitor's own. */
export async function fetchData(name: string): Promise<Uint8Array> {
  if (isOwn(name)) {
    const kept = await keptFile(name);
    if (!kept) throw new Error(`The file ${name} is not in this browser.`);
    return kept;
  }
  // A page that is one file has nothing beside it.
  const file = `data/${name}.${name.startsWith(READY) ? "safetensors" : "bin"}`;
  if (ENGRAM_WASM === "") throw new Error(`The file ${file} is no part of this one.`);
  const waited = AbortSignal.timeout?.(PATIENCE);
  const response = await fetch(new URL(file, import.meta.url), waited ? { signal: waited } : {}).catch(() => null);
  if (!response?.ok) {
    const why = response ? `the server answered ${response.status}` : "the server did not answer";
    throw new Error(`The file ${file} could not be loaded: ${why}.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Names that the build writes into the bundles (www/tools/postbuild.mjs); each is relative to the bundle. */

/** The worker's bundle: `new Worker(new URL(ENGRAM_WORKER, import.meta.url), { type: "module" })`. */
declare const ENGRAM_WORKER: string;
/**
 * The wasm file, for the worker: `init({ module_or_path: new URL(ENGRAM_WASM, import.meta.url) })`. Empty in the worker
 * of the embed, which is handed the wasm.
 */
declare const ENGRAM_WASM: string;
/** The worker that decodes pictures: `new Worker(new URL(ENGRAM_DECODER, import.meta.url), { type: "module" })`. */
declare const ENGRAM_DECODER: string;
/** The style sheet of what the page fetches after a click. */
declare const ENGRAM_LATER_STYLES: string;
/** The files of notes, by model. */
declare const ENGRAM_NOTES: Readonly<Record<string, string>>;
/** The file of lines; empty in the embed. */
declare const ENGRAM_LINES: string;

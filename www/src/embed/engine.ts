/** The engine of a page that is one file: the worker's script and the wasm are in the document itself. */

/** Unpacks them; what is returned starts a worker, again if need be. */
export async function unpack(): Promise<() => Worker> {
  const module = await WebAssembly.compile(await inflate(block("engram-wasm")));
  const script = URL.createObjectURL(new Blob([block("engram-worker")], { type: "text/javascript" }));
  return () => {
    const worker = new Worker(script);
    worker.postMessage({ type: "wasm", module });
    return worker;
  };
}

/** The text of a block of data in the document (embed.html). */
export function block(id: string): string {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`embed.html has no block "${id}"`);
  return text.trim();
}

/** From base64 of what was deflated. */
function inflate(text: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

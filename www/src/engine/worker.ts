import init from "engram-wasm";

await init({ module_or_path: new URL(ENGRAM_WASM, import.meta.url) });
postMessage({ type: "ready" });

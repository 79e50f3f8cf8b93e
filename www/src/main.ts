const worker = new Worker(new URL(ENGRAM_WORKER, import.meta.url), { type: "module" });
worker.addEventListener("message", () => document.body.setAttribute("data-ready", ""));

/**
 * A static server as plain as the plainest host: files with their types, 404 for the rest, no answer of index.html
 * for a missing file. It serves folders under paths of its own, so that a page which only works at the root fails.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves `folders`, a map from a path ("/some/where/") to a folder. Returns `{ origin, missing, close }`; `missing`
 * lists the paths that were asked for and are not there.
 */
export async function serve(folders) {
  const missing = [];
  const find = async (path) => {
    for (const [base, folder] of Object.entries(folders)) {
      if (!path.startsWith(base)) continue;
      const file = normalize(join(folder, path.slice(base.length)));
      if (file !== normalize(folder) && !file.startsWith(normalize(folder + sep))) continue;
      for (const candidate of path.endsWith("/") ? [join(file, "index.html")] : [file]) {
        const found = await stat(candidate).catch(() => null);
        if (found?.isFile()) return { file: candidate, size: found.size };
      }
    }
    return null;
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const found = await find(path);
    if (!found) {
      missing.push(path);
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(found.file)] ?? "application/octet-stream",
      "content-length": found.size,
      "cache-control": "no-cache",
    });
    createReadStream(found.file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    missing,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

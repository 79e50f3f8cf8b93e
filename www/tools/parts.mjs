/**
 * A script in parts: what is needed at once, and what its `import()`s fetch when they are asked for.
 *
 * Left to itself the bundler makes a file for every set of parts that share a module: a dozen and more before the page
 * can start. Here every later part counts as a user of all that is needed at once, so that this is one file.
 */
import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";

/** Writes the parts to `folder`; returns those that are needed at once, the script itself first. */
export async function bundleInParts(options, root, folder) {
  const all = { ...options, absWorkingDir: root, metafile: true, write: false, splitting: true, outdir: folder };
  const { metafile: draft } = await build(all);
  const { atOnce, later } = reach(draft, options.entryPoints[0], root);
  const { outputFiles, metafile } = await build({
    ...all,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    plugins: [together(atOnce, later, root)],
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const isFirst = ([, { entryPoint }]) => entryPoint && resolve(root, entryPoint) === options.entryPoints[0];
  const [first] = Object.entries(metafile.outputs).find(isFirst);
  const needed = new Set([first]);
  for (const path of needed) {
    for (const { kind, path: other } of metafile.outputs[path].imports) {
      if (kind === "import-statement") needed.add(other);
    }
  }
  return [...needed].map((path) => ({ name: basename(path), content: contents.get(resolve(root, path)) }));
}

/** The modules that `entry` imports, near and far, and those that are fetched later by it or by one another. */
function reach({ inputs }, entry, root) {
  const start = Object.keys(inputs).find((path) => resolve(root, path) === entry);
  const atOnce = new Set([start]);
  for (const path of atOnce) {
    for (const { kind, path: other } of inputs[path].imports) if (kind === "import-statement") atOnce.add(other);
  }
  atOnce.delete(start);
  const fetched = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path),
  );
  // What the bundler put in itself has no file.
  const files = [...atOnce].filter((path) => !path.startsWith("<"));
  return { atOnce: files, later: new Set(fetched.map((path) => resolve(root, path))) };
}

function together(atOnce, later, root) {
  const name = "what-is-needed-at-once";
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      build.onLoad({ filter: /./, namespace: name }, () => ({
        contents: atOnce.map((path) => `import ${JSON.stringify(join(root, path))};`).join("\n"),
        resolveDir: root,
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) =>
        later.has(path) ? { contents: `import "${name}";\n${await readFile(path, "utf8")}`, loader: "ts" } : null,
      );
    },
  };
}

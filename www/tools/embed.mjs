/**
 * embed.html: the experiment as one file that needs no other. Its script, its style, the worker's script and the wasm
 * are in it, so that it works in a sandboxed frame, from a double click, and without a net; and its policy names the
 * script and the style by their hashes, so that nothing else can run in it.
 */
import { createHash } from "node:crypto";

/** The file's text. `parts` are `{ script, style, worker, preset }` as text and `wasm` as bytes, deflated. */
export function embedPage(template, parts) {
  const script = inScript(parts.script);
  const fill = {
    script,
    "script-hash": hash(script),
    style: inStyle(parts.style),
    "style-hash": hash(inStyle(parts.style)),
    worker: inScript(parts.worker),
    preset: inScript(JSON.stringify(JSON.parse(parts.preset))),
    // Base64 hides from a server's compression what there is to compress: it was done before, for a quarter less.
    wasm: Buffer.from(parts.wasm).toString("base64"),
  };
  const used = new Set();
  const html = template.replace(/^\s*<!--[\s\S]*?-->\n/gm, "").replace(/\{\{([a-z-]+)\}\}/g, (_, name) => {
    if (!(name in fill)) throw new Error(`www/embed.html asks for "${name}", which the build does not have`);
    used.add(name);
    return fill[name];
  });
  for (const name of Object.keys(fill)) {
    if (!used.has(name)) throw new Error(`www/embed.html has no place for "${name}"`);
  }
  return html;
}

const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** What would end an element, or begin a comment in one, stands only in texts and patterns: there `\` changes nothing. */
const inScript = (text) => text.trim().replace(/<(?=\/script|!--|script)/gi, "\\x3c");

function inStyle(text) {
  if (/<\//.test(text)) throw new Error("the style of the embed would end its element");
  return text.trim();
}

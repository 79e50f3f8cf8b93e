/** Loads the wasm package that the address names (`?package=/simd/`) and leaves it, or the error, in the window. */
const folder = new URLSearchParams(location.search).get("package");
try {
  const engram = await import(`${folder}engram-wasm.js`);
  await engram.default({ module_or_path: `${folder}engram-wasm_bg.wasm` });
  window.engram = engram;
} catch (error) {
  window.problem = String(error);
}

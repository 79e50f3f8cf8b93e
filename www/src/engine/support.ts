/** Whether this browser can run the engine at all; asked before anything is loaded. */

/** The smallest module with a SIMD instruction: () => i8x16.splat(0), dropped. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
]);

export function isSupported(): boolean {
  try {
    return WebAssembly.validate(SIMD);
  } catch {
    return false;
  }
}

/** Pictures of one pixel a cell, enlarged without smoothing. A pixel is a number as the memory has it: ABGR. */

/** Where such a picture is made; what was in it before does not matter. */
const scratch = document.createElement("canvas");
/** Its memory: a large one made anew for each frame would have to be cleared away as often. */
let image: ImageData | null = null;

/** Draws `columns` by `rows` pixels, all of which `fill` gives, into a box of the context. */
export function enlarge(
  context: CanvasRenderingContext2D,
  columns: number,
  rows: number,
  [left, top, width, height]: readonly [number, number, number, number],
  fill: (pixels: Uint32Array) => void,
  smooth = false,
): void {
  if (scratch.width !== columns || scratch.height !== rows) {
    scratch.width = columns;
    scratch.height = rows;
  }
  const sheet = scratch.getContext("2d");
  if (!sheet) return;
  if (image?.width !== columns || image.height !== rows) image = sheet.createImageData(columns, rows);
  fill(new Uint32Array(image.data.buffer));
  sheet.putImageData(image, 0, 0);
  // Cells smaller than a pixel are averaged, so that none is left out.
  context.imageSmoothingEnabled = smooth || width * context.getTransform().a < columns;
  context.drawImage(scratch, left, top, width, height);
}

/** "#rrggbb" as a pixel. */
export function hexColour(text: string): number {
  const value = Number.parseInt(text.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

/** A pixel so much on the way to another. */
export function mixed(from: number, to: number, share: number): number {
  let pixel = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const [a, b] = [(from >> shift) & 0xff, (to >> shift) & 0xff];
    pixel |= Math.round(a + (b - a) * share) << shift;
  }
  return pixel >>> 0;
}

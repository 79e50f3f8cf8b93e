/** Where a view draws: lengths are CSS pixels, `ratio` device pixels to one of them. */
export interface Surface {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  ratio: number;
}

/** An element of the page, made as sharp as the screen; or a place somewhere else, e.g. on a picture for a file. */
export type Target = HTMLCanvasElement | Surface;

/** Fits an element's bitmap to its size and clears it; null while it has no size. A place elsewhere is as it is. */
export function surface(canvas: Target): Surface | null {
  if ("context" in canvas) return canvas;
  const ratio = Math.min(devicePixelRatio || 1, 3);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return null;
  const across = Math.round(width * ratio);
  const down = Math.round(height * ratio);
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, ratio };
}

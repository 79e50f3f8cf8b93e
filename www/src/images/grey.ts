/** A picture in greys, row by row: 0 is black, 255 is white. */
export interface Grey {
  width: number;
  height: number;
  values: Uint8Array;
}

/** Weights of red, green and blue for the eye (Rec. 709). */
const WEIGHTS = [0.2126, 0.7152, 0.0722] as const;

/** From red, green, blue and opacity, as a canvas gives them; what shines through is taken for white paper. */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(pixels.length / 4);
  for (let i = 0; i < values.length; i++) {
    let light = 0;
    for (let part = 0; part < 3; part++) light += (WEIGHTS[part] ?? 0) * (pixels[4 * i + part] ?? 0);
    values[i] = Math.round(255 + ((light - 255) * (pixels[4 * i + 3] ?? 0)) / 255);
  }
  return values;
}

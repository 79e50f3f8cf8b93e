/** Cells as colours: ink, paper, what lies between them, and a shade of its own where it is not known. */
import { pixelMap } from "./palette";
import { hexColour } from "./pixels";
import type { Theme } from "./theme";

export function inkPixels(pixels: Uint32Array, cells: ArrayLike<number>, theme: Theme, unknown: number): void {
  // A loop for each kind of numbers: one for all of them takes twice as long, and there may be a million cells.
  if (cells instanceof Float32Array) greys(pixels, cells, pixelMap("grey", theme));
  else spins(pixels, cells, Uint32Array.of(hexColour(theme.sheet), unknown, hexColour(theme.ink)));
}

function spins(pixels: Uint32Array, cells: ArrayLike<number>, colours: Uint32Array): void {
  for (let i = 0; i < cells.length; i++) pixels[i] = colours[(cells[i] as number) + 1] as number;
}

function greys(pixels: Uint32Array, cells: Float32Array, map: Uint32Array): void {
  const [half, last] = [(map.length - 1) / 2, map.length - 1];
  for (let i = 0; i < cells.length; i++) {
    const shade = (cells[i] as number) * half + half + 0.5;
    pixels[i] = map[shade < 0 ? 0 : shade > last ? last : shade | 0] as number;
  }
}

/**
 * Numbers as colours. Each map runs between colours of the theme in even steps of Oklab (Björn Ottosson, 2020), so
 * that equal steps of a number look equal, and zero is always the colour of the sheet.
 */
import type { Palette } from "../engine/types";
import type { Theme } from "./theme";

/** A map of colours: for numbers of a kind, or for cells that may be grey, from paper to ink. */
export type MapName = Palette | "grey";

/** Where numbers lie on a map: `scale` is the largest size that has a colour of its own. */
export interface Scale {
  palette: MapName;
  scale: number;
}

const STEPS = 256;
/** What single precision adds to a round number does not make it larger. */
const ROUNDING = 1e-6;

/** The number that has the first colour of the map. */
export function lowest({ palette, scale }: Scale): number {
  return palette === "magnitude" ? 0 : -scale;
}

/** 256 colours of three bytes each, from the lowest number to the highest. */
export function colourMap(palette: MapName, theme: Theme): Uint8ClampedArray {
  const stops = {
    spins: [theme.sheet, theme.line, theme.ink],
    grey: [theme.sheet, theme.ink],
    signed: [theme.cool, theme.sheet, theme.warm],
    magnitude: [theme.sheet, theme.some, theme.much],
  }[palette].map(toOklab);
  const map = new Uint8ClampedArray(3 * STEPS);
  for (let i = 0; i < STEPS; i++) {
    const place = ((stops.length - 1) * i) / (STEPS - 1);
    const before = Math.min(stops.length - 2, Math.floor(place));
    const [from, to] = [stops[before] ?? BLACK, stops[before + 1] ?? BLACK];
    const mixed = from.map((value, axis) => value + (place - before) * ((to[axis] ?? 0) - value));
    map.set(fromOklab(mixed as Triple), 3 * i);
  }
  return map;
}

/** The same as pixels, as an image's memory has them: the lowest byte is red. */
export function pixelMap(palette: MapName, theme: Theme): Uint32Array {
  const map = colourMap(palette, theme);
  const pixel = (at: number) => 0xff000000 | ((map[at + 2] ?? 0) << 16) | ((map[at + 1] ?? 0) << 8) | (map[at] ?? 0);
  return Uint32Array.from({ length: STEPS }, (_, i) => pixel(3 * i) >>> 0);
}

/** One colour of the map, for a stroke. */
export function colourOf(value: number, scale: Scale, map: Uint8ClampedArray): string {
  const at = 3 * step(value, scale);
  return `rgb(${map[at]},${map[at + 1]},${map[at + 2]})`;
}

/** Which of the 256 colours a number has; the middle of the map if it is no number. */
export function step(value: number, place: Scale): number {
  const low = lowest(place);
  const share = (value - low) / (place.scale - low || 1);
  return Number.isNaN(share) ? STEPS / 2 : Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
}

/** A scale that holds every number, ending on a round one, so that it seldom changes. */
export function roundScale(values: Float32Array, atLeast: number): number {
  let size = atLeast;
  for (const value of values) if (Math.abs(value) > size) size = Math.abs(value);
  if (size === atLeast || !Number.isFinite(size)) return atLeast;
  const power = 10 ** Math.floor(Math.log10(size));
  return Number(
    (([1, 1.5, 2, 3, 4, 5, 6, 8].find((m) => m * power >= size * (1 - ROUNDING)) ?? 10) * power).toPrecision(6),
  );
}

type Triple = [number, number, number];
const BLACK: Triple = [0, 0, 0];

function toOklab(colour: string): Triple {
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255)) as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    255 * gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    255 * gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    255 * gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

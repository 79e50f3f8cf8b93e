/** How numbers and names are written in the page's words. */

const formats = new Map<number, Intl.NumberFormat>();
let short: Intl.NumberFormat | null = null;

/** From here on a number at an axis is shortened to thousands and millions. */
const LARGE = 1e5;

/** Making a format takes far longer than using it, and frames are full of numbers. The first takes longest of all. */
function withPlaces(places: number): Intl.NumberFormat {
  const known = formats.get(places) ?? new Intl.NumberFormat("en", { maximumFractionDigits: places });
  formats.set(places, known);
  return known;
}

/** Whole numbers with their thousands marked. */
export const figures = { format: (value: number) => withPlaces(0).format(value) };
export const tenths = { format: (value: number) => withPlaces(1).format(value) };

/** Numbers with a true minus sign. */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(1).replace(/-/g, "−");
  const places = Number.isInteger(value) ? 0 : Math.max(0, digits - Math.max(1, Math.floor(Math.log10(size) + 1)));
  return withPlaces(places).format(value).replace("-", "−");
}

/** A number at an axis, where there is room for seven characters. */
export function tick(value: number): string {
  if (Math.abs(value) < LARGE) return figure(value);
  short ??= new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
  return short.format(value).replace("-", "−");
}

export function signed(value: number, places = 2): string {
  const text = Math.abs(value).toFixed(places);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** Machines name their parts in the middle of a sentence; a label begins one. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A machine's help as a sentence of its own. */
export function sentence(text: string): string {
  return text === "" || /[.!?…]$/.test(text) ? text : `${text}.`;
}

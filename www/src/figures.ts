/** How numbers and names are written in the page's words. */

/** From here on a number at an axis is shortened to thousands and millions. */
const LARGE = 1e5;

/** Below this a number at an axis has a power of ten. */
const SMALL = 1e-3;

/** Browsers have these, but take longer to look them up than the page may stand still on arrival. */
const THOUSANDS = ",";
const POINT = ".";

/** A number with so many places at most, and its thousands marked. */
function written(value: number, places: number): string {
  const [whole = "", part = ""] = Math.abs(value).toFixed(places).split(".");
  const decimals = part.replace(/0+$/, "");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, THOUSANDS) + (decimals && POINT + decimals);
  return value < 0 && text !== "0" ? `−${text}` : text;
}

/** A whole number. */
export function figures(value: number): string {
  return written(value, 0);
}

/** A number with one place at most. */
export function tenths(value: number): string {
  return written(value, 1);
}

/** Numbers with a true minus sign. */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(1).replace(/-/g, "−");
  // What is small keeps two digits at least: it is not nothing.
  const places = Number.isInteger(value)
    ? 0
    : Math.max(0, digits - Math.max(1, power(size) + 1), size < 0.1 ? 1 - power(size) : 0);
  return written(value, places);
}

/**
 * A number at an axis, where there is room for seven characters. `step` is how far it is from the next: they are
 * written so that neighbours differ.
 */
export function tick(value: number, step = 0): string {
  const size = Math.abs(value);
  const places = (unit: number) => (step > 0 ? Math.min(6, Math.max(0, -power(step / unit))) : 2);
  if (size >= LARGE) {
    const [unit, letter] = size < 1e6 ? [1e3, "k"] : size < 1e9 ? [1e6, "M"] : [1e9, "G"];
    return written(value / unit, places(unit)) + letter;
  }
  if (step <= 0) return figure(value);
  if (size < 0.5 * step) return "0";
  if (size >= SMALL || step >= SMALL) return written(value, places(1));
  const text = value.toExponential(Math.max(0, power(size) - power(step)));
  return text.replace(/\.0+e/, "e").replace(/-/g, "−");
}

/** The power of ten that a number begins with; what rounding took from it is given back. */
const power = (x: number): number => Math.floor(Math.log10(x) + 1e-9);

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

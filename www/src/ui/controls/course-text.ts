/** A course in numbers: `0: 8; 25: 1; 50: 0.2`, sweeps and values. */
import { capital, figure } from "../../figures";
import * as words from "../../messages/later";
import { MOST, type Point } from "./course-points";

const plain = (x: number): string => String(Number(x.toPrecision(6)));

export function writePoints(points: readonly Point[], length: number): string {
  return points.map(({ x, y }) => `${plain(x * length)}: ${plain(y)}`).join("; ");
}

/** The points of a text, or what is wrong with it. */
export function readPoints(
  text: string,
  length: number,
  most: number,
  label: string,
): { points: Point[] | null; error: string | null } {
  const fail = (error: string) => ({ points: null, error });
  const parts = text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) return fail(words.course.none);
  if (parts.length > MOST) return fail(words.course.many(parts.length, MOST));
  const points: Point[] = [];
  let before = 0;
  for (const part of parts) {
    const numbers = part.split(/\s*:\s*|\s+/).map((word) => Number(word.replace(",", ".") || Number.NaN));
    const [sweep = Number.NaN, value = Number.NaN] = numbers;
    if (numbers.length !== 2 || Number.isNaN(sweep) || Number.isNaN(value)) return fail(words.course.wrong(part));
    if (sweep < 0 || sweep > length) return fail(words.course.range(`Sweep ${plain(sweep)}`, figure(length, 6)));
    if (value < 0 || value > most) {
      return fail(words.course.range(`${capital(label)} ${plain(value)}`, figure(most, 6)));
    }
    if (sweep < before) return fail(words.course.early(plain(sweep), plain(before)));
    before = sweep;
    points.push({ x: Number((sweep / length).toPrecision(6)), y: value });
  }
  return { points, error: null };
}

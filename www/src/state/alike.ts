/** When two pictures are so alike that a network may take one for the other. */

/** Likeness, or its negative, from which on that is worth a warning. */
export const TOO_ALIKE = 0.8;

export interface Twin {
  /** The other picture's name. */
  name: string;
  /** 1 is the same picture, −1 its negative. */
  likeness: number;
}

/** The one most alike, of likenesses in the order of the names; null if none is too alike. */
export function twinOf(likenesses: ArrayLike<number>, names: readonly string[]): Twin | null {
  let twin: Twin | null = null;
  for (const [i, name] of names.entries()) {
    const likeness = likenesses[i] ?? 0;
    if (Math.abs(likeness) < TOO_ALIKE) continue;
    if (!twin || Math.abs(likeness) > Math.abs(twin.likeness)) twin = { name, likeness };
  }
  return twin;
}

/** Many pictures, of which one after another is compared with all before it, by counting the cells that differ. */
export class Gallery {
  private readonly pictures: Uint32Array[] = [];

  /** Likeness of a picture with each of those put in so far, in their order; then it is put in too. */
  compare(bits: string): Float64Array {
    const words = packed(bits);
    const likenesses = Float64Array.from(this.pictures, (other) => {
      let differ = 0;
      for (let i = 0; i < words.length; i++) differ += ones((words[i] ?? 0) ^ (other[i] ?? 0));
      return 1 - (2 * differ) / bits.length;
    });
    this.pictures.push(words);
    return likenesses;
  }
}

function packed(bits: string): Uint32Array {
  const words = new Uint32Array(Math.ceil(bits.length / 32));
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === "1") words[i >>> 5] = (words[i >>> 5] ?? 0) | (1 << (i & 31));
  }
  return words;
}

function ones(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((pairs + (pairs >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

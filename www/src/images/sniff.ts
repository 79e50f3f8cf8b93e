/** What a file is, by its first bytes rather than by its name. */
export type FileKind = "png" | "gif" | "jpeg" | "webp" | "bmp" | "svg" | "other";

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

export function kindOf(bytes: Uint8Array): FileKind {
  if (ascii(bytes, 1, 3) === "PNG") return "png";
  if (ascii(bytes, 0, 4) === "GIF8") return "gif";
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpeg";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "webp";
  if (ascii(bytes, 0, 2) === "BM") return "bmp";
  // Text may begin with a mark of its encoding, a declaration and remarks.
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg\b)/i.test(ascii(bytes, 0, 200)) &&
    /<svg\b/i.test(ascii(bytes, 0, 4000))
    ? "svg"
    : "other";
}

/** Whether a picture has more frames than the first, which is the one taken. */
export function moves(bytes: Uint8Array, kind: FileKind): boolean {
  switch (kind) {
    case "gif":
      return gifFrames(bytes) > 1;
    // Chunks of an animation stand before the first picture.
    case "png":
      return ascii(bytes, 0, 200).includes("acTL");
    case "webp":
      return ascii(bytes, 12, 4) === "VP8X" && ((bytes[20] ?? 0) & 2) !== 0;
    default:
      return false;
  }
}

/** Frames of a GIF, counted up to two. */
function gifFrames(bytes: Uint8Array): number {
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + table(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length && frames < 2) {
    const block = bytes[at];
    if (block === 0x2c) {
      frames += 1;
      at += 11 + table(bytes[at + 9] ?? 0);
    } else if (block === 0x21) {
      at += 2;
    } else {
      break;
    }
    // Data comes in pieces, each after its length; an empty one ends them.
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return frames;
}

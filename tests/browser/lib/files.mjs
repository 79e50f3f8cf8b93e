/** Files for the page: pictures made here, byte by byte, and how a person drops or pastes them. */
import { deflateSync } from "node:zlib";

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

function assemble(width, height, depth, colour, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = depth;
  head[9] = colour;
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...parts]);
}

/** A PNG of greys with opacity: `paint(x, y)` is a grey, or a grey and an opacity, 0 to 255. */
export function png(width, height, paint) {
  const rows = Buffer.alloc(height * (1 + 2 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [grey, opacity = 255] = [paint(x, y)].flat();
      rows.set([grey, opacity], y * (1 + 2 * width) + 1 + 2 * x);
    }
  }
  return assemble(width, height, 8, 4, rows);
}

/** A white PNG with one bit a pixel: however large, it is a small file. */
export function hugePng(width, height) {
  const row = 1 + Math.ceil(width / 8);
  const rows = Buffer.alloc(height * row, 255);
  for (let y = 0; y < height; y += 1) rows[y * row] = 0;
  return assemble(width, height, 1, 0, rows);
}

/** A GIF of 2 × 1 pixels with two frames: the left pixel black, then the right one. */
export function movingGif() {
  const frame = (data) => [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, ...data, 0];
  const head = [...Buffer.from("GIF89a"), 2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  // Codes of 3 bits: clear, two pixels, end.
  const pixels = (left, right) => {
    const codes = 4 | (left << 3) | (right << 6) | (5 << 9);
    return [codes & 255, codes >> 8];
  };
  return Buffer.from([...head, ...frame(pixels(0, 1)), ...frame(pixels(1, 0)), 0x3b]);
}

export const file = (name, content, type = "image/png") => ({
  name,
  type,
  content: Buffer.from(content).toString("base64"),
});

/** Sends `kind` ("drop" or "paste") with files, or with texts by type, to an element of the page. */
export function send(page, kind, { files = [], texts = {}, to = "body" }) {
  return page.eval(
    ({ kind, files, texts, to }) => {
      const data = new DataTransfer();
      for (const { name, type, content, size } of files) {
        const bytes = size ? new Uint8Array(size) : Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      for (const [type, text] of Object.entries(texts)) data.setData(type, text);
      const target = document.querySelector(to);
      const common = { bubbles: true, cancelable: true };
      if (kind === "paste") {
        const event = new ClipboardEvent("paste", common);
        // One browser takes files in the event's own options, the other only text.
        Object.defineProperty(event, "clipboardData", { value: data });
        target.dispatchEvent(event);
        return false;
      }
      for (const type of kind === "drop" ? ["dragenter", "dragover", "drop"] : ["dragenter", "dragover"]) {
        target.dispatchEvent(new DragEvent(type, { ...common, dataTransfer: data }));
      }
      return document.querySelector(".drop-veil")?.checkVisibility() ?? false;
    },
    { kind, files, texts, to },
  );
}

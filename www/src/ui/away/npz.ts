/**
 * Archives of NumPy arrays (`.npz`), from files of safetensors and back: the engine reads and writes these alone. An
 * archive holds an NPY file for each array, packed as it is or deflated.
 */

interface Tensor {
  name: string;
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}

/** Types of numbers in NPY files, by their names in the others. */
const TYPES: Record<string, string> = { F64: "<f8", F32: "<f4" };
const WIDTHS: Record<string, number> = { F64: 8, F32: 4 };

/** More than any archive that is opened here holds, in bytes. */
const LONGEST = 128e6;

/** Whether a file is an archive, by its first bytes. */
const isArchive = (file: Uint8Array): boolean => file[0] === 0x50 && file[1] === 0x4b;

/** A file as the engine reads it. What is kept in this browser, and named after its bytes, is that. */
export async function readable(file: Uint8Array): Promise<Uint8Array> {
  return isArchive(file) ? await fromArchive(file) : file;
}

/** A file of safetensors as an archive. */
export function toArchive(file: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const tensors = tensorsOf(file);
  for (const { name, dtype, shape, bytes } of tensors) {
    const content = joined([npyHead(dtype, shape), bytes]);
    const title = new TextEncoder().encode(`${name}.npy`);
    const head = entry(title, content, null);
    directory.push(entry(title, content, at));
    parts.push(head, content);
    at += head.length + content.length;
  }
  const listed = joined(directory);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, tensors.length, true);
  end.setUint16(10, tensors.length, true);
  end.setUint32(12, listed.length, true);
  end.setUint32(16, at, true);
  return joined([...parts, listed, new Uint8Array(end.buffer)]);
}

/** An archive as a file of safetensors; an error says what is wrong with it. */
async function fromArchive(file: Uint8Array): Promise<Uint8Array> {
  const tensors: Tensor[] = [];
  let all = 0;
  for (const { name, packed, deflated } of entriesOf(file)) {
    const content = deflated ? await inflate(packed, LONGEST - all) : packed;
    all += content.length;
    tensors.push(tensorOf(name.replace(/\.npy$/, ""), content));
  }
  const head: Record<string, object> = {};
  let at = 0;
  // Numbers of 8 bytes first, so that all stand at a multiple of their width.
  tensors.sort((a, b) => b.dtype.localeCompare(a.dtype) || (a.name < b.name ? -1 : 1));
  for (const { name, dtype, shape, bytes } of tensors) {
    head[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  let text = JSON.stringify(head);
  while (new TextEncoder().encode(text).length % 8 !== 0) text += " ";
  const written = new TextEncoder().encode(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, written.length, true);
  return joined([length, written, ...tensors.map(({ bytes }) => bytes)]);
}

function tensorsOf(file: Uint8Array): Tensor[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const length = view.getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  return Object.entries(head)
    .filter(([name]) => name !== "__metadata__")
    .map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        return { name, dtype, shape, bytes: file.subarray(8 + length + from, 8 + length + to) };
      },
    );
}

/** What stands before the numbers: as long as a multiple of 64, and ends with a line. */
function npyHead(dtype: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.map((size) => `${size}, `).join("");
  let text = `{'descr': '${TYPES[dtype]}', 'fortran_order': False, 'shape': (${sizes.trimEnd()}), }`;
  text = `${text.padEnd(text.length + ((117 - (text.length % 64)) % 64))}\n`;
  const head = new Uint8Array(10 + text.length);
  head.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, text.length & 255, text.length >> 8]);
  head.set(new TextEncoder().encode(text), 10);
  return head;
}

function tensorOf(name: string, npy: Uint8Array): Tensor {
  const wrong = (what: string) => new Error(`${name}: ${what}`);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (magic.some((byte, at) => npy[at] !== byte)) throw wrong("this is no array of NumPy");
  const view = new DataView(npy.buffer, npy.byteOffset, npy.length);
  const wide = (npy[6] ?? 0) > 1;
  const [length, from] = wide ? [view.getUint32(8, true), 12] : [view.getUint16(8, true), 10];
  const head = new TextDecoder().decode(npy.subarray(from, from + length));
  const descr = /'descr':\s*'([^']*)'/.exec(head)?.[1] ?? "";
  const sizes = /'shape':\s*\(([^)]*)\)/.exec(head)?.[1];
  const dtype = Object.keys(TYPES).find((key) => TYPES[key] === descr);
  if (!dtype) throw wrong(`numbers of type '${descr}' are not read; <f8 and <f4 are`);
  if (sizes === undefined) throw wrong("its head does not say its shape");
  const shape = sizes.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number(size)]));
  let bytes = npy.subarray(from + length);
  const width = WIDTHS[dtype] ?? 0;
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== count * width) throw wrong("it is not as long as its head says");
  if (/'fortran_order':\s*True/.test(head)) bytes = byRows(bytes, shape, width);
  return { name, dtype, shape, bytes };
}

/** Numbers whose first place runs fastest, laid out so that the last one does. */
function byRows(bytes: Uint8Array, shape: readonly number[], width: number): Uint8Array {
  const all = new Uint8Array(bytes.length);
  const count = bytes.length / width;
  for (let k = 0; k < count; k++) {
    let [rest, step, to] = [k, count, 0];
    for (const length of shape) {
      step /= length;
      to += (rest % length) * step;
      rest = Math.floor(rest / length);
    }
    all.set(bytes.subarray(k * width, (k + 1) * width), to * width);
  }
  return all;
}

/** What comes before a file in an archive, or, with the place of that, its line in the directory. */
function entry(title: Uint8Array, content: Uint8Array, at: number | null): Uint8Array {
  const listed = at !== null;
  const size = listed ? 46 : 30;
  const head = new DataView(new ArrayBuffer(size + title.length));
  head.setUint32(0, listed ? 0x02014b50 : 0x04034b50, true);
  // The directory says by which version it was made, too.
  let place = listed ? 4 : 2;
  if (listed) head.setUint16(4, 20, true);
  const put16 = (value: number) => {
    place += 2;
    head.setUint16(place, value, true);
  };
  const put32 = (value: number) => {
    head.setUint32(place + 2, value, true);
    place += 4;
  };
  put16(20);
  put16(0);
  put16(0);
  put16(0);
  // The first of January 1980: no time at all.
  put16(0x21);
  put32(crc32(content));
  put32(content.length);
  put32(content.length);
  put16(title.length);
  if (listed) head.setUint32(42, at, true);
  const bytes = new Uint8Array(head.buffer);
  bytes.set(title, size);
  return bytes;
}

function* entriesOf(file: Uint8Array): Generator<{ name: string; packed: Uint8Array; deflated: boolean }> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const broken = new Error("this is no archive of NumPy arrays, or it is broken");
  // The end of the directory, behind which there may be a remark.
  let end = file.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw broken;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let k = 0; k < count; k++) {
    if (at + 46 > file.length || view.getUint32(at, true) !== 0x02014b50) throw broken;
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const [named, extra, remark] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(file.subarray(at + 46, at + 46 + named));
    if (local + 30 > file.length || (method !== 0 && method !== 8)) throw broken;
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > file.length) throw broken;
    yield { name, packed: file.subarray(from, from + size), deflated: method === 8 };
    at += 46 + named + extra + remark;
  }
}

async function inflate(packed: Uint8Array, room: number): Promise<Uint8Array> {
  const stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    length += value.length;
    if (length > room) throw new Error("more is in the archive than any network here is made of");
    parts.push(value);
  }
}

function crc32(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 255] ?? 0);
  return ~sum >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

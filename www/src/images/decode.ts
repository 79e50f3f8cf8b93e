/** From a file to a small picture in greys, with a plain reason where that does not go. Nothing leaves the browser. */
import { type Grey, greyOf } from "./grey";
import { type FileKind, kindOf, moves } from "./sniff";
import type { Done, Task } from "./worker";

/** Longest side of what is kept: four pixels for each cell of the largest grid. */
const KEPT = 256;
const MOST_BYTES = 30e6;
const MOST_SVG_BYTES = 2e6;
const MOST_PIXELS = 50e6;

export type Fault =
  | { kind: "empty" }
  | { kind: "heavy"; bytes: number; most: number }
  | { kind: "large"; width: number; height: number; most: number }
  /** Not a picture at all, or of a kind that this browser does not read. */
  | { kind: "unknown" }
  | { kind: "damaged" };

export class ImageFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.kind);
  }
}

export interface Picture {
  grey: Grey;
  /** It has more frames than this, the first. */
  moving: boolean;
}

/** Reads pictures one by one, with a worker of its own until `stop`. */
export class Decoder {
  private worker: Worker | null = null;
  private tasks = 0;

  constructor(private readonly start: () => Worker) {}

  /** @throws ImageFault */
  async decode(file: Blob): Promise<Picture> {
    if (file.size === 0) throw new ImageFault({ kind: "empty" });
    if (file.size > MOST_BYTES) throw new ImageFault({ kind: "heavy", bytes: file.size, most: MOST_BYTES });
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      // It was moved or deleted after it had been chosen.
      throw new ImageFault({ kind: "damaged" });
    }
    const kind = kindOf(bytes);
    const grey = kind === "svg" ? await drawing(bytes) : await this.photograph(file, kind);
    return { grey, moving: moves(bytes, kind) };
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private async photograph(file: Blob, kind: FileKind): Promise<Grey> {
    const fault: Fault = kind === "other" ? { kind: "unknown" } : { kind: "damaged" };
    // An element tells the size before anything is decoded.
    const [naturalWidth, naturalHeight] = await withElement(file, fault, async (image) => [
      image.naturalWidth,
      image.naturalHeight,
    ]);
    if (naturalWidth === 0 || naturalHeight === 0) throw new ImageFault(fault);
    if (naturalWidth * naturalHeight > MOST_PIXELS) {
      throw new ImageFault({ kind: "large", width: naturalWidth, height: naturalHeight, most: MOST_PIXELS });
    }
    const [width, height] = fitted(naturalWidth, naturalHeight, false);
    const values = await this.ask({ id: this.tasks++, file, width, height });
    if (!values) throw new ImageFault(fault);
    return { width, height, values };
  }

  private ask(task: Task): Promise<Uint8Array | null> {
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise((resolve) => {
      const finish = (values: Uint8Array | null) => {
        worker.removeEventListener("message", hear);
        worker.removeEventListener("error", fail);
        resolve(values);
      };
      const hear = ({ data }: MessageEvent<Done>) => data.id === task.id && finish(data.values);
      // Out of memory, most likely: the next picture has a fresh one.
      const fail = () => {
        this.stop();
        finish(null);
      };
      worker.addEventListener("message", hear);
      worker.addEventListener("error", fail);
      worker.postMessage(task);
    });
  }
}

/** As an element's picture no script of it runs, and nothing that it names is fetched. */
async function drawing(bytes: Uint8Array): Promise<Grey> {
  if (bytes.length > MOST_SVG_BYTES) {
    throw new ImageFault({ kind: "heavy", bytes: bytes.length, most: MOST_SVG_BYTES });
  }
  const damaged: Fault = { kind: "damaged" };
  const text = new TextDecoder().decode(bytes);
  const [root] = /<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/i.exec(text) ?? [];
  if (root === undefined) throw new ImageFault(damaged);
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1] ?? "";
  const box = attribute("viewBox")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [Number.parseFloat(attribute("width")), Number.parseFloat(attribute("height"))];
  const sized = width > 0 && height > 0;
  const boxed = box.length === 4 && (box[2] ?? 0) > 0 && (box[3] ?? 0) > 0;
  const [across, down] = boxed
    ? fitted(box[2] ?? 1, box[3] ?? 1, true)
    : sized
      ? fitted(width, height, true)
      : [KEPT, KEPT];
  // Browsers differ on drawings that do not say their size, or say it in parts of a page.
  const bare = root.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, "");
  const view = boxed || !sized ? "" : ` viewBox="0 0 ${width} ${height}"`;
  const whole = text.replace(root, bare.replace(/^<svg/i, `$& width="${across}" height="${down}"${view}`));
  const file = new Blob([whole], { type: "image/svg+xml" });
  return withElement(file, damaged, async (image) => {
    await image.decode();
    return onPaper(image, across, down);
  });
}

async function withElement<T>(file: Blob, fault: Fault, use: (image: HTMLImageElement) => Promise<T>): Promise<T> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    await new Promise<void>((resolve, reject) => {
      image.onload = () => resolve();
      image.onerror = () => reject(new ImageFault(fault));
      image.src = address;
    });
    return await use(image);
  } catch {
    throw new ImageFault(fault);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The size at which a picture is kept; what is smaller stays so, unless it has no size of its own. */
function fitted(width: number, height: number, enlarge: boolean): [number, number] {
  const scale = KEPT / Math.max(width, height);
  const by = enlarge ? scale : Math.min(1, scale);
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

function onPaper(image: CanvasImageSource, width: number, height: number): Grey {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new ImageFault({ kind: "damaged" });
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return { width, height, values: greyOf(context.getImageData(0, 0, width, height).data) };
}

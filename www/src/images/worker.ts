/** Decodes and shrinks pictures beside the page: a large photograph takes its time, and must not take the page's. */
import { greyOf } from "./grey";

export interface Task {
  id: number;
  file: Blob;
  /** Size at which the picture is kept. */
  width: number;
  height: number;
}

export interface Done {
  id: number;
  /** Greys row by row; null if the file could not be decoded. */
  values: Uint8Array | null;
}

self.addEventListener("message", async ({ data }: MessageEvent<Task>) => {
  const { id, width, height } = data;
  const values = await greys(data).catch(() => null);
  const done: Done = { id, values };
  self.postMessage(done, { transfer: values ? [values.buffer] : [] });

  async function greys({ file }: Task): Promise<Uint8Array<ArrayBuffer> | null> {
    const bitmap = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    // A browser that does not shrink while decoding does it here.
    context?.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    return context && greyOf(context.getImageData(0, 0, width, height).data);
  }
});

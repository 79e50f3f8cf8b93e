/**
 * Files that the visitor brought along, whatever is in them, by the name that follows from their bytes: kept in this
 * browser for the next visit. They are too large for where the rest is kept. The page and the worker both ask here.
 */
import type { Kept } from "./state/storage";

const DATABASE = "engram-files";
const FILES = "files";

/** Whether a name is that of such a file. */
export function isOwn(name: string): boolean {
  return name.startsWith("own-");
}

/** What the browser kept of that name; null if it has none, or keeps nothing. */
export async function keptFile(name: string): Promise<Uint8Array | null> {
  const bytes = await ask<unknown>("readonly", (files) => files.get(name)).catch(() => null);
  return bytes instanceof Uint8Array ? bytes : null;
}

export async function keepFile(name: string, bytes: Uint8Array): Promise<Kept> {
  try {
    await ask("readwrite", (files) => files.put(bytes, name));
    return "kept";
  } catch (error) {
    return error instanceof DOMException && error.name.includes("Quota") ? "full" : "refused";
  }
}

/** One request, done once its transaction is: what was asked for has then come to stay. */
async function ask<T>(mode: IDBTransactionMode, request: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(FILES, mode);
      const asked = request(transaction.objectStore(FILES));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(FILES);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error(DATABASE));
  });
}

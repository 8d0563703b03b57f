import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobInfo, type Blobs, StorageFault } from './blobs.ts';

const NAME = /^[0-9a-f]{32}$/;
const TEMPORARY = 'incoming';
/** Far longer than writing 10 MB takes. */
const HALF_WRITTEN_MS = 10 * 60_000;

/** Flushes a folder's entries: without it a rename may be lost in a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function tried<T>(operation: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    throw new StorageFault(operation, cause);
  }
}

/** Only what is old: on a shared volume the others may be another process's uploads under way. */
async function removeHalfWritten(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    // Renamed meanwhile: it is complete.
    const info = await stat(path).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > HALF_WRITTEN_MS) await rm(path, { force: true });
  }
}

/**
 * Keeps documents as files in `directory` (`dataDir/blobs`, or a volume that processes share). A file
 * appears under its name only when it is complete; what a crash left half-written goes at the next start.
 */
export async function openFileBlobs(directory: string): Promise<Blobs> {
  const temporary = join(directory, TEMPORARY);
  await tried('open', async () => {
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    await removeHalfWritten(temporary);
  });

  const pathOf = (name: string): string => {
    // Names come from our own database; this keeps a wrong one from leaving the folder all the same.
    if (!NAME.test(name)) throw new StorageFault('name', undefined);
    return join(directory, name.slice(0, 2), name.slice(2, 4), name);
  };

  const place = async (from: string, to: string): Promise<void> => {
    const folder = dirname(to);
    const created = await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(from, to);
    await syncFolder(folder);
    if (created === undefined) return;
    await syncFolder(dirname(folder));
    await syncFolder(directory);
  };

  return {
    async put(bytes) {
      const name = randomBytes(16).toString('hex');
      const from = join(temporary, name);
      const to = pathOf(name);
      try {
        await writeDurably(from, bytes);
        await place(from, to);
      } catch (cause) {
        await Promise.allSettled([rm(from, { force: true }), rm(to, { force: true })]);
        throw new StorageFault('put', cause);
      }
      return name;
    },
    async get(name) {
      const path = pathOf(name);
      return await tried('get', () => readFile(path));
    },
    async delete(name) {
      const path = pathOf(name);
      await tried('delete', () => rm(path, { force: true }));
    },
    async *list(): AsyncGenerator<BlobInfo> {
      const entries = await tried('list', () => readdir(directory, { recursive: true, withFileTypes: true }));
      for (const entry of entries) {
        if (!entry.isFile() || !NAME.test(entry.name) || entry.parentPath === temporary) continue;
        // Deleted meanwhile: nothing to report.
        const info = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
        if (info) yield { name: entry.name, modifiedAt: info.mtime };
      }
    },
  };
}

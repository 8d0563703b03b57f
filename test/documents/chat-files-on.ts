import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/database.ts';
import { type Blobs, StorageFault } from '../../src/documents/blobs.ts';
import { createChatFiles } from '../../src/documents/chat-files.ts';
import { createVault, localKeyWrapper } from '../../src/documents/vault.ts';
import type { Clock } from '../../src/domain/clock.ts';

/** Blobs that are gone with the test. */
export class MemoryBlobs implements Blobs {
  readonly stored = new Map<string, Buffer>();
  isFull = false;

  async put(bytes: Uint8Array): Promise<string> {
    if (this.isFull) throw new StorageFault('put', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const name = randomUUID();
    this.stored.set(name, Buffer.from(bytes));
    return name;
  }
  async get(name: string): Promise<Buffer> {
    const bytes = this.stored.get(name);
    if (!bytes) throw new StorageFault('get', new Error('there is no such object'));
    return bytes;
  }
  async delete(name: string): Promise<void> {
    this.stored.delete(name);
  }
  async *list() {
    for (const name of this.stored.keys()) yield { name, modifiedAt: new Date(0) };
  }
}

/** What the processes of one test have in common, as they would a bucket and a key. */
const vault = createVault(localKeyWrapper(randomBytes(32)));
const shared = new MemoryBlobs();

/** Files of chats in a database, on blobs of the test's own or those that all share. */
export function chatFilesOn(database: Database, clock: Clock, blobs: Blobs = shared) {
  return createChatFiles({ database, clock, vault, blobs });
}

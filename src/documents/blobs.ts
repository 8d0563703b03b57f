/** A stored object as the sweep sees it. */
export interface BlobInfo {
  name: string;
  modifiedAt: Date;
}

/** Port of the store of encrypted documents: a folder, or an S3-compatible bucket. */
export interface Blobs {
  /** Stores the bytes durably under a new random name. Throws `StorageFault`; then nothing is left. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws `StorageFault` when there is no such object or it cannot be read. */
  get(name: string): Promise<Buffer>;
  /** Removes the object; one that is gone already is no fault. */
  delete(name: string): Promise<void>;
  /** All objects, in no order. */
  list(): AsyncIterable<BlobInfo>;
}

/** The store of documents cannot be written or read: full, broken or not reachable. */
export class StorageFault extends Error {
  override name = 'StorageFault';
  readonly operation: string;
  /** The system's or vendor's code: ENOSPC, EIO, … */
  readonly code: string;

  constructor(operation: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    super(`document store: ${operation} failed (${code})`, { cause });
    this.operation = operation;
    this.code = code;
  }
}

import { createHash } from 'node:crypto';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { MediaUpload } from './media.ts';
import type { ApiResult } from './outcome.ts';

/** What was uploaded to one account, to be sent any number of times. */
export interface Uploads {
  /** The id of a file, which is uploaded unless it was within the last days. */
  idOf(file: MediaUpload): Promise<ApiResult<string>>;
  /** The platform does not take this id of it any more. */
  forget(file: MediaUpload, id: string): Promise<void>;
}

/** The platforms keep a file for three days; the last half of a day is theirs. */
const KEPT_SECONDS = 60 * 3600;

/** `account`: by which ids are told apart, since they are good for one only. Of two who upload at once, both are right. */
export function createUploads(parts: {
  account: string;
  memory: Pick<SharedMemory, 'read' | 'swap'>;
  upload(file: MediaUpload): Promise<ApiResult<string>>;
}): Uploads {
  const { account, memory, upload } = parts;
  const running = new Map<string, Promise<ApiResult<string>>>();

  /** The name goes with a file, and customers see it. */
  function keyOf({ type, name, bytes }: MediaUpload): string {
    const hash = createHash('sha256').update(name).update('\0').update(bytes).digest('base64url');
    return `media:${account}:${type}:${hash}`;
  }

  async function find(key: string, file: MediaUpload): Promise<ApiResult<string>> {
    const known = await memory.read(key);
    if (known !== undefined) return { kind: 'done', value: known };
    const result = await upload(file);
    if (result.kind === 'done')
      await memory.swap(key, undefined, { value: result.value, ttlSeconds: KEPT_SECONDS });
    return result;
  }

  return {
    idOf(file) {
      const key = keyOf(file);
      const finding = running.get(key) ?? find(key, file).finally(() => running.delete(key));
      running.set(key, finding);
      return finding;
    },
    async forget(file, id) {
      await memory.swap(keyOf(file), id, undefined);
    },
  };
}

import type { Accept } from '../../conversation/store.ts';
import type { DirectLineOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { refusedText } from './texts.ts';

/** What Direct Line needs of the conversations. */
export type DirectLineStore = DirectLineOptions['store'] & { accept: Accept };

/** The store threw, or did not answer in time: nothing may be acknowledged. */
export class StoreUnreachable extends Refusal {
  constructor(cause: unknown) {
    super(503, 'ServiceUnavailable', refusedText('unavailable'), { cause, retryAfterSeconds: 20 });
    this.name = 'StoreUnreachable';
  }
}

/** The same store with each call ending within `timeoutMs`; it throws StoreUnreachable and nothing else. */
export function boundStore(store: DirectLineStore, timeoutMs: number): DirectLineStore {
  async function within<T>(call: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      return await Promise.race([call(), timeout]);
    } catch (error) {
      throw new StoreUnreachable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    open: (info) => within(() => store.open(info)),
    find: (id) => within(() => store.find(id)),
    accept: (id, incoming) => within(() => store.accept(id, incoming)),
    read: (id, afterSeq, limit) => within(() => store.read(id, afterSeq, limit)),
    async subscribe(id, listener) {
      const subscribed = store.subscribe(id, listener);
      try {
        return await within(() => subscribed);
      } catch (error) {
        // It may still succeed, and nobody would end it.
        subscribed.then((end) => end()).catch(() => undefined);
        throw error;
      }
    },
    pass: (id, activity) => within(() => store.pass(id, activity)),
  };
}

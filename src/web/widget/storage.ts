import type { KeyValue } from './client/outbox.ts';

/** What outlives the visit: the conversation. Browsers that refuse storage get a memory that does not. */
export const pageStorage = guarded(() => localStorage);
/** What outlives a reload of this very tab: messages on their way. */
export const tabStorage = guarded(() => sessionStorage);

function guarded(open: () => Storage): KeyValue {
  const memory = new Map<string, string>();
  const storage = attempt(open);
  return {
    getItem: (key) => memory.get(key) ?? attempt(() => storage?.getItem(key) ?? undefined) ?? null,
    setItem: (key, value) => {
      const kept = attempt(() => {
        storage?.setItem(key, value);
        return storage;
      });
      if (kept) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem: (key) => {
      memory.delete(key);
      attempt(() => storage?.removeItem(key));
    },
  };
}

/** Third-party frames and private windows throw on every touch of storage. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

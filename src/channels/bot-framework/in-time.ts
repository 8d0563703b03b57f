import { setTimeout as sleep } from 'node:timers/promises';

/** What `work` gives, for calls that the SDK would wait for as long as they take. Throws `late` when it takes longer. */
export async function inTime<T>(work: Promise<T>, ms: number, late: Error): Promise<T> {
  const done = new AbortController();
  const over = sleep(ms, undefined, { signal: done.signal }).then(() => {
    throw late;
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    done.abort();
  }
}

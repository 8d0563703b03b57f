import type { RedisClient } from './client.ts';
import { RedisFault } from './fault.ts';

/** How long replicas may take. */
const CONFIRM_MS = 1_000;

interface Group {
  isBusy: boolean;
  waiting: { resolve(): void; reject(error: unknown): void }[];
}

/**
 * Waits until replicas have everything that was written on a connection so far. WAIT has to go the way of
 * the writes: on a second connection it might reach another server after a failover, and confirm there what
 * is lost. It holds up its connection, so that there is one at a time, for all writes before it.
 */
export function createConfirmation(replicas: number) {
  const groups = new WeakMap<RedisClient, Group>();

  async function waitOnce(client: RedisClient): Promise<void> {
    const confirmed = Number(await client.sendCommand(['WAIT', String(replicas), String(CONFIRM_MS)]));
    if (confirmed >= replicas) return;
    const why = `${confirmed} of ${replicas} replicas (REDIS_WAIT_REPLICAS) had it within ${CONFIRM_MS} ms`;
    throw new RedisFault('replication', 'REPLICAS', why);
  }

  function next(client: RedisClient, group: Group): void {
    group.isBusy = group.waiting.length > 0;
    if (!group.isBusy) return;
    // Answers that came in one packet are all handed out before this.
    setImmediate(() => {
      const { waiting } = group;
      group.waiting = [];
      waitOnce(client).then(
        () => {
          for (const { resolve } of waiting) resolve();
          next(client, group);
        },
        (error: unknown) => {
          for (const { reject } of waiting) reject(error);
          next(client, group);
        },
      );
    });
  }

  return function confirm(client: RedisClient): Promise<void> {
    let group = groups.get(client);
    if (!group) {
      group = { isBusy: false, waiting: [] };
      groups.set(client, group);
    }
    const { waiting } = group;
    const confirmed = new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    if (!group.isBusy) next(client, group);
    return confirmed;
  };
}

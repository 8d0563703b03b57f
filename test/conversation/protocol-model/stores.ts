import { AsyncLocalStorage } from 'node:async_hooks';
import { PGlite } from '@electric-sql/pglite';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import { redisAt } from '../../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../../src/conversation/redis/store.ts';
import type { ConversationStore } from '../../../src/conversation/store.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { silent } from '../../../src/domain/log.ts';
import { startRedis } from '../../support/redis.ts';

/** What schedules run on. */
export interface Stores {
  /** The store of a process, asked at this moment of its clock. */
  at<T>(now: number, process: number, call: (store: ConversationStore) => Promise<T>): Promise<T>;
  /** A process whose day is over forgets old dedupe keys of all conversations, not only of its own. */
  readonly forgetsTogether: boolean;
  /** Forgets everything, so that ten thousand schedules are no slower than ten. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** One clock for every schedule and process that is running at once: each call brings its own time. */
function clockOfTheCall() {
  const times = new AsyncLocalStorage<number>();
  const clock: Clock = { now: () => new Date(times.getStore() ?? 0) };
  const at = (stores: readonly ConversationStore[]): Stores['at'] => {
    return (now, process, call) => {
      const store = stores[process % stores.length];
      if (!store) throw new Error('no store');
      return times.run(now, () => call(store));
    };
  };
  return { clock, at };
}

/** One embedded store for all processes. */
export async function embeddedStores(): Promise<Stores> {
  const { clock, at } = clockOfTheCall();
  const sql = await PGlite.create('memory://');
  const store = await createEmbeddedStore({ sql, clock });
  return {
    at: at([store]),
    forgetsTogether: true,
    clear: async () => void (await sql.exec('truncate conversation.conversations cascade')),
    async close() {
      await store.close();
      await sql.close();
    },
  };
}

/** A server of its own, and connections of its own for each of up to four processes. */
export async function redisStores(): Promise<Stores> {
  const { clock, at } = clockOfTheCall();
  // Nothing is restarted here: what the disk keeps is for other tests.
  const server = await startRedis({ appendonly: 'no' });
  const open = () => createRedisStore({ redis: redisAt(server.url), clock, log: silent });
  const stores = await Promise.all([open(), open(), open(), open()]);
  return {
    at: at(stores),
    forgetsTogether: false,
    clear: async () => void (await server.ask('FLUSHALL')),
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      await server.stop();
    },
  };
}

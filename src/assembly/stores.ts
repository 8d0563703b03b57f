import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createEmbeddedMemory } from '../conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../conversation/embedded/store.ts';
import { openConnection } from '../conversation/redis/connection.ts';
import { createRedisMemory } from '../conversation/redis/shared-memory.ts';
import { createRedisStore } from '../conversation/redis/store.ts';
import type { Database } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import type { Running } from './running.ts';

/** Where conversations are kept: Redis where it is configured, else the embedded database. */
export async function startConversations(database: Database, config: Config, running: Running, log: Logger) {
  if (config.redis) {
    const shared = await createRedisStore({ redis: config.redis, log });
    running.onStop(() => shared.close());
    return shared;
  }
  // With the cases on PostgreSQL, conversations still have the embedded database to themselves.
  let sql = database.pglite;
  if (!sql) {
    const own = await openEmbedded(config.dataDir, 'conversations');
    running.onStop(() => own.close());
    sql = own.pglite;
  }
  const store = await createEmbeddedStore({ sql, clock, log });
  running.onStop(() => store.close());
  return store;
}

/** What processes have to remember together besides: limits, stream tickets. */
export async function openMemory(config: Config, running: Running, log: Logger): Promise<SharedMemory> {
  if (!config.redis) return createEmbeddedMemory(clock);
  const connection = await openConnection({ settings: config.redis, log, purpose: 'shared memory' });
  running.onStop(() => connection.close());
  return createRedisMemory({ connection });
}

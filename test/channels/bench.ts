import { PGlite } from '@electric-sql/pglite';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { createChannelCounts } from '../../src/channels/counts.ts';
import { createReceiver, type Receiver, type ReceiverParts } from '../../src/channels/receive.ts';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import type { ConversationStore, LogEntry } from '../../src/conversation/store.ts';
import type { SharedMemory } from '../../src/domain/shared-memory.ts';
import { buildApp } from '../../src/http/app.ts';
import { maskInTalk } from '../../src/understanding/mask-in-talk.ts';
import { FakeClock } from '../support/clock.ts';

/** What a messaging channel stands on: a real store and server, nobody who answers. */
export interface Bench {
  clock: FakeClock;
  store: ConversationStore;
  memory: SharedMemory;
  receiver: Receiver;
  counts: ReturnType<typeof createChannelCounts>;
  /** The store throws until it is back. */
  away: boolean;
  /** What the customers' messages allowed. */
  allowed: Parameters<ReceiverParts['wrote']>[];
  app: FastifyInstance;
  log(conversationId: string): Promise<LogEntry[]>;
  /** `channel account outcome count` of everything counted. */
  counted(): Promise<string[]>;
  /** Begins to count anew. */
  resetCounts(): void;
  listen(): Promise<string>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const sql = new PGlite();
  const clock = new FakeClock();
  clock.set(new Date().toISOString());
  const store = await createEmbeddedStore({ sql, clock });
  const memory = createEmbeddedMemory(clock);
  const registry = new Registry();
  const app = buildApp({ logging: { level: 'silent' }, health: { checks: [], registry } });
  const bench: Bench = {
    ...{ clock, store, memory, app, away: false, allowed: [] },
    counts: createChannelCounts(registry),
    receiver: createReceiver({
      ...{ store, memory, clock, maskInTalk, wrote: async (...wrote) => void bench.allowed.push(wrote) },
      rated: async () => undefined,
      showMore: async () => undefined,
      accept: async (id, incoming) => {
        if (bench.away) throw new Error('the store is away');
        return store.accept(id, incoming);
      },
    }),
    log: (id) => store.read(id, 0, 1000),
    async counted() {
      const metric = await registry.getSingleMetric('channel_callbacks_total')?.get();
      return (metric?.values ?? []).map(({ labels, value }) => `${Object.values(labels).join(' ')} ${value}`);
    },
    resetCounts: () => registry.resetMetrics(),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    async close() {
      await app.close();
      await store.close();
      await sql.close();
    },
  };
  return bench;
}

import { Counter, Gauge, type Registry } from 'prom-client';
import type { Deliveries } from '../domain/delivery.ts';
import type { Log } from '../domain/log.ts';
import type { Sent } from './delivery.ts';
import type { Score } from './satisfaction.ts';

/** What became of a callback, or of an item that was fetched. */
export type CallbackOutcome =
  | 'accepted'
  | 'duplicate'
  | 'ignored'
  | 'malformed'
  | 'signature'
  | 'timestamp'
  | 'not-encrypted'
  | 'undecryptable'
  | 'failed';

/** What is counted about messaging channels. */
export interface ChannelCounts {
  callback(channel: string, account: string, outcome: CallbackOutcome): void;
  message(channel: string, outcome: Sent['kind']): void;
  /** Given up, or told to be undelivered after it was sent. */
  undelivered(channel: string, reason: string): void;
  /** How it was with a person of the app's own desk. */
  rated(channel: string, score: Score): void;
}

/** Gauge of conversations in which something waits to be delivered; looked up each time it is asked for. */
export function measureWaiting(registry: Registry, deliveries: Pick<Deliveries, 'waiting'>, log: Log): void {
  new Gauge({
    name: 'channel_waiting_conversations',
    help: 'Conversations in messaging apps to which nothing can be delivered now, by what they wait for',
    labelNames: ['channel', 'waits'] as const,
    registers: [registry],
    async collect() {
      const rows = await deliveries.waiting().catch((error: unknown) => {
        // The other figures are wanted all the more when the database is away.
        log.warn({ err: error }, 'what waits to be delivered could not be counted');
        return [];
      });
      this.reset();
      for (const { channel, waits, count } of rows) this.set({ channel, waits }, count);
    },
  });
}

/** Counters for the operator's Prometheus. */
export function createChannelCounts(registry: Registry): ChannelCounts {
  const callbacks = new Counter({
    name: 'channel_callbacks_total',
    help: 'Callbacks and fetched items of messaging platforms, by what became of them',
    labelNames: ['channel', 'account', 'outcome'] as const,
    registers: [registry],
  });
  const messages = new Counter({
    name: 'channel_messages_total',
    help: 'Tries to send a message to a messaging platform, by what they came to',
    labelNames: ['channel', 'outcome'] as const,
    registers: [registry],
  });
  const undelivered = new Counter({
    name: 'channel_undelivered_total',
    help: 'Messages that did not reach their customers, by reason; also of those that were counted as sent',
    labelNames: ['channel', 'reason'] as const,
    registers: [registry],
  });
  const ratings = new Counter({
    name: 'channel_ratings_total',
    help: 'What customers said of talks with people in the desks of messaging apps themselves, 1 (bad) to 5 (good)',
    labelNames: ['channel', 'score'] as const,
    registers: [registry],
  });
  return {
    rated: (channel, score) => ratings.inc({ channel, score }),
    undelivered: (channel, reason) => undelivered.inc({ channel, reason }),
    callback: (channel, account, outcome) => callbacks.inc({ channel, account, outcome }),
    message: (channel, outcome) => messages.inc({ channel, outcome }),
  };
}

import { Counter, type Registry } from 'prom-client';
import type { Sent } from './delivery.ts';

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
  return {
    callback: (channel, account, outcome) => callbacks.inc({ channel, account, outcome }),
    message: (channel, outcome) => messages.inc({ channel, outcome }),
  };
}

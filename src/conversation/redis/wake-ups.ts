import type { Log } from '../../domain/log.ts';
import type { LogEntry, Wake } from '../store.ts';
import { openConnection } from './connection.ts';
import { codeOf } from './fault.ts';
import { decodeWake } from './replies.ts';

type Listener = (wake: Wake) => void;

/** Wake-ups between processes: sharded pub/sub on a connection of its own. */
export async function openWakeUps(parts: {
  url: string;
  log: Log;
  channelOf(conversationId: string): string;
  /** The newest entry of a conversation's log: what a listener needs to see that it missed some. */
  newest(conversationId: string): Promise<LogEntry[]>;
}) {
  const { log, channelOf } = parts;
  const listeners = new Map<string, Set<Listener>>();

  function tell(conversationId: string, present: Iterable<Listener>, wake: () => Wake): void {
    try {
      const told = wake();
      for (const listener of present) listener(told);
    } catch (error) {
      // Thrown into the client's parser, it would break the connection for all others.
      log.error({ code: codeOf(error), conversationId }, 'a wake-up could not be told');
    }
  }

  /** What was published during an outage is gone, but it is in the log. */
  async function lookAgain(): Promise<void> {
    for (const [conversationId, present] of [...listeners]) {
      const entries = await parts.newest(conversationId);
      if (entries.length > 0) tell(conversationId, present, () => ({ kind: 'appended', entries }));
    }
  }

  const connection = await openConnection({
    ...parts,
    purpose: 'wake-ups',
    onBack: () =>
      lookAgain().catch((error) => log.error({ code: codeOf(error) }, 'looking for missed wake-ups failed')),
  });

  function remember(conversationId: string, listener: Listener): () => void {
    const present = listeners.get(conversationId) ?? new Set();
    listeners.set(conversationId, present.add(listener));
    return () => {
      present.delete(listener);
      if (present.size === 0 && listeners.get(conversationId) === present) listeners.delete(conversationId);
    };
  }

  return {
    async subscribe(conversationId: string, listener: Listener): Promise<() => Promise<void>> {
      const channel = channelOf(conversationId);
      let ended = false;
      // The client counts listeners per channel: the first subscribes, the last unsubscribes.
      const hear = (message: string) => {
        if (!ended) tell(conversationId, [listener], () => decodeWake(conversationId, message));
      };
      const forget = remember(conversationId, listener);
      const end = () => {
        ended = true;
        forget();
      };
      try {
        await connection.call('subscribe', async (client) => {
          await client.sSubscribe(channel, hear);
          // The caller was told long ago that it failed: what waited for the connection is undone.
          if (ended) await client.sUnsubscribe(channel, hear);
        });
      } catch (error) {
        end();
        throw error;
      }
      return async () => {
        if (ended) return;
        end();
        await connection.call('unsubscribe', (client) => client.sUnsubscribe(channel, hear));
      };
    },
    /** Heard by every process, the one that offers included. */
    async onOffer(channel: string, listener: (conversationId: string) => void): Promise<void> {
      await connection.call('subscribe', (client) => client.subscribe(channel, listener));
    },
    ping: () => connection.call('ping', (client) => client.ping()),
    close: () => connection.close(),
  };
}

import type { Log } from '../../domain/log.ts';
import type { LogEntry, Wake } from '../store.ts';
import { codeOf } from './fault.ts';
import { decodeWake, storedSeq } from './replies.ts';
import type { RedisSettings } from './settings.ts';
import { type Channel, openSubscriptions } from './subscriptions.ts';

type Listener = (wake: Wake) => void;

/** Everybody who listens to one conversation. */
interface Audience extends Channel {
  conversationId: string;
  listeners: Set<Listener>;
  /** The newest entry that was told, and the newest that is known to be stored. */
  toldSeq: number;
  storedSeq: number;
  storedAt: number;
}

const REVIEW_MS = 500;
/** Longer than the process that wrote an entry may wait for replicas before it tells of it. */
const LATE_MS = 2_500;

/** Wake-ups between processes: a channel for each conversation that somebody here listens to. */
export async function openWakeUps(parts: {
  settings: RedisSettings;
  log: Log;
  channelOf(conversationId: string): string;
  /** The newest entry of a conversation's log: what a listener needs to see that it missed some. */
  newest(conversationId: string): Promise<LogEntry[]>;
}) {
  const { settings, log, channelOf, newest } = parts;
  const subscriptions = await openSubscriptions({ settings, log });
  const audiences = new Map<string, Audience>();
  /** Those that were told that there is an entry, but not yet told the entry. */
  const owed = new Set<Audience>();

  function tell(audience: Audience, wake: () => Wake): void {
    try {
      const told = wake();
      const seq = told.kind === 'appended' ? (told.entries.at(-1)?.seq ?? 0) : 0;
      audience.toldSeq = Math.max(audience.toldSeq, seq);
      if (audience.toldSeq >= audience.storedSeq) owed.delete(audience);
      for (const listener of audience.listeners) listener(told);
    } catch (error) {
      // Thrown into the client's parser, it would break the connection for all others.
      const { conversationId } = audience;
      log.error({ code: codeOf(error), conversationId }, 'a wake-up could not be told');
    }
  }

  function audienceOf(conversationId: string): Audience {
    const present = audiences.get(conversationId);
    if (present) return present;
    const audience: Audience = {
      name: channelOf(conversationId),
      isSharded: true,
      isWanted: true,
      conversationId,
      listeners: new Set(),
      toldSeq: 0,
      storedSeq: 0,
      storedAt: 0,
      hear(message) {
        const stored = storedSeq(message);
        if (stored === undefined) return tell(audience, () => decodeWake(conversationId, message));
        if (stored <= audience.toldSeq) return;
        audience.storedSeq = stored;
        audience.storedAt = performance.now();
        owed.add(audience);
      },
      async lookAgain() {
        const entries = await newest(conversationId);
        if (entries.length > 0) tell(audience, () => ({ kind: 'appended', entries }));
      },
      forget: () => audiences.delete(conversationId),
    };
    audiences.set(conversationId, audience);
    return audience;
  }

  /** A process that wrote an entry died before it told of it, or could not. */
  function lookForLate(): void {
    const now = performance.now();
    for (const audience of owed) {
      if (now - audience.storedAt < LATE_MS) continue;
      owed.delete(audience);
      audience.lookAgain().catch(() => owed.add(audience));
    }
  }
  const review = setInterval(lookForLate, REVIEW_MS);
  review.unref();

  async function remove(audience: Audience, listener: Listener): Promise<void> {
    if (!audience.listeners.delete(listener) || audience.listeners.size > 0) return;
    audience.isWanted = false;
    owed.delete(audience);
    await subscriptions.align(audience);
  }

  return {
    async subscribe(conversationId: string, listener: Listener): Promise<() => Promise<void>> {
      const audience = audienceOf(conversationId);
      // One and the same listener may come twice.
      const hear: Listener = (wake) => listener(wake);
      audience.listeners.add(hear);
      audience.isWanted = true;
      try {
        await subscriptions.align(audience);
      } catch (error) {
        await remove(audience, hear);
        throw error;
      }
      return () => remove(audience, hear);
    },
    /** Heard by every process, the one that offers included. */
    async onOffer(name: string, listener: (conversationId: string) => void): Promise<void> {
      const lookAgain = async () => undefined;
      const forget = () => undefined;
      await subscriptions.align({
        name,
        isSharded: false,
        isWanted: true,
        hear: listener,
        lookAgain,
        forget,
      });
    },
    ping: () => subscriptions.ping(),
    async close(): Promise<void> {
      clearInterval(review);
      await subscriptions.close();
    },
  };
}

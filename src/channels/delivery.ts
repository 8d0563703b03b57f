import type { ConversationStore, LogEntry, NewActivity } from '../conversation/store.ts';
import type { Clock } from '../domain/clock.ts';
import {
  type Deliveries,
  type Delivery,
  type DeliveryEnd,
  type DeliveryStep,
  type DeliveryWait,
  type Stretch,
  UNDELIVERED,
  type UndeliveredCause,
} from '../domain/delivery.ts';
import type { Locale } from '../domain/locale.ts';
import type { Log } from '../domain/log.ts';
import { inTurns } from './in-turns.ts';
import { languageOf } from './rendering/language.ts';
import { overtakenBy, staleCount, stillMeant } from './still-meant.ts';

/** What sending one message came to. */
export type Sent =
  | { kind: 'sent' }
  /** Nothing was sent; later it may go well. */
  | { kind: 'again' }
  /** It may have been sent or not, and the platform cannot tell. */
  | { kind: 'uncertain' }
  | { kind: 'waits'; why: DeliveryWait; forMs?: number }
  /** It never will be. */
  | ({ kind: 'given-up' } & UndeliveredCause);

/** A message as it goes to the platform. */
export interface Message {
  /** Of the last entry of the log in it. */
  seq: number;
  /** Not worth one of the last messages that the customer allows. */
  passing?: true;
  /** `key`: the same for each try of it. `holds`: where its words are in the log. */
  send(key: string, holds: Stretch): Promise<Sent>;
}

/** How a channel makes messages of a conversation's log. */
export type MessagesOf = (
  delivery: Delivery,
  entries: readonly LogEntry[],
  locale: Locale,
) => readonly Message[];

export interface DeliveryParts {
  store: Pick<ConversationStore, 'find' | 'read' | 'append'>;
  deliveries: Deliveries;
  /** By channel. */
  senders: Pick<ReadonlyMap<string, MessagesOf>, 'get'>;
  clock: Clock;
  log: Log;
  onOutcome?: ((channel: string, outcome: Sent['kind']) => void) | undefined;
  onUndelivered?: ((channel: string, reason: string) => void) | undefined;
  sweepMs?: number;
  /** Before a message is tried again; after the last it is given up. */
  retryMs?: readonly number[];
}

export interface DeliveryWorker {
  /** Something is in the log of a conversation: it is delivered, here or by who does so already. */
  said(conversationId: string): void;
  /** Looks for conversations that somebody has left. */
  start(): void;
  /** Waits for messages under way; what is left is delivered by others, or after the next start. */
  stop(): Promise<void>;
}

/** Renewed while somebody is at it: what is left by who dies waits no longer. */
const LEASE_MS = 15_000;
const BATCH = 50;
const SWEEP_BATCH = 100;
/** One that is kept for an agent's or a person's next words. */
const RESERVE = 1;
const RETRY_MS = [1_000, 4_000, 15_000, 60_000, 300_000];
/** Without a way to know, a message is tried again so often: rather two of it than none. */
const UNCERTAIN_TRIES = 3;
/** Added to the tries by each that may have got there: those of which nothing was sent do not count as that. */
const DOUBTED = 100;

/** The event that tells staff what did not reach the customer, and why. */
export const undelivered = (holds: Stretch, { reason, code }: UndeliveredCause): NewActivity => ({
  type: 'event',
  name: UNDELIVERED,
  value: { ...holds, reason, ...(code !== undefined && { code }) },
});

/**
 * Delivers the log of conversations to messaging apps: in order, one process at a time per conversation. A message
 * is sent and then noted, so a process that dies in between has it sent again, under the same key.
 */
export function createDelivery(parts: DeliveryParts): DeliveryWorker {
  const { store, senders, clock, log, sweepMs = 5_000, retryMs = RETRY_MS } = parts;
  const deliveries = inTurns(parts.deliveries);
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

  function later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopping) action();
    }, ms);
    timers.add(timer);
  }

  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

  /** What a try has come to: how to end, why to give it up, or undefined to go on with the next message. */
  function afterTry(sent: Sent, { attempts }: Delivery): DeliveryEnd | UndeliveredCause | undefined {
    switch (sent.kind) {
      case 'sent':
        return undefined;
      case 'given-up':
        return sent;
      case 'waits':
        return {
          kind: 'waits',
          why: sent.why,
          until: sent.forMs === undefined ? undefined : inMs(sent.forMs),
        };
      case 'again':
      case 'uncertain': {
        const pause = retryMs[attempts % DOUBTED];
        const isOver =
          pause === undefined || (sent.kind === 'uncertain' && attempts >= UNCERTAIN_TRIES * DOUBTED);
        if (isOver) return { reason: sent.kind };
        return { kind: 'waits', why: 'retry', until: inMs(pause * (1 + Math.random() / 4)) };
      }
    }
  }

  /** Noted before the next one is sent: whoever dies in between gives it up once more. */
  async function giveUp(
    { conversationId, channel, attempts }: Delivery,
    key: string,
    holds: Stretch,
    cause: UndeliveredCause,
  ): Promise<void> {
    const { reason, code } = cause;
    const tries = attempts % DOUBTED;
    log.warn({ conversationId, channel, reason, code, tries }, 'a message could not be delivered');
    await store.append(conversationId, 'bot', [undelivered(holds, cause)], `undelivered:${key}`);
    parts.onUndelivered?.(channel, reason);
  }

  const isClosed = ({ remaining, windowUntil }: Delivery) =>
    remaining <= 0 || windowUntil <= clock.now().getTime();

  /** Sends what is left of a batch. `overtaken`: what of the log a person's words have taken the place of. */
  async function sendBatch(
    claimed: Delivery,
    fence: number,
    {
      messages,
      to,
      overtaken,
    }: { messages: readonly Message[]; to: number; overtaken: (stretch: Stretch) => boolean },
  ): Promise<{ delivery: Delivery } | { end: DeliveryEnd } | 'lost'> {
    const { conversationId: id, channel } = claimed;
    const over: DeliveryStep = { sentSeq: to, batchTo: null, batchPart: 0, attempts: 0 };
    let delivery: Delivery | undefined = claimed;
    for (let part = claimed.batchPart; part < messages.length; part++) {
      const message = messages[part];
      if (!message || (message.passing && delivery.remaining <= RESERVE)) continue;
      if (stopping) return { end: { kind: 'waits', why: 'retry', until: clock.now() } };
      const key = `${id}:${to}:${part}`;
      const { seq } = message;
      const after = messages.slice(0, part).findLast((it) => it.seq < seq)?.seq ?? claimed.sentSeq;
      const holds = { after, to: seq };
      if (overtaken(holds)) continue;
      const sent: Sent = isClosed(delivery)
        ? { kind: 'waits', why: 'window-closed' }
        : await message.send(key, holds);
      parts.onOutcome?.(channel, sent.kind);
      const end = afterTry(sent, delivery);
      if (end && 'reason' in end) await giveUp(delivery, key, holds, end);
      else if (end) {
        // Nothing of it is with the customer: with what comes until then, it may make fewer messages.
        const isUntouched =
          part === 0 && delivery.attempts === 0 && end.kind === 'waits' && end.why !== 'retry';
        const isDoubted = sent.kind === 'uncertain';
        const attempts = delivery.attempts + 1 + (isDoubted ? DOUBTED : 0);
        const tried = isUntouched ? { batchTo: null } : { batchPart: part, attempts };
        return (await deliveries.step(id, fence, tried, LEASE_MS)) ? { end } : 'lost';
      }
      const counted = sent.kind === 'sent' || sent.kind === 'uncertain';
      const isLast = part === messages.length - 1;
      const next = isLast ? over : { batchPart: part + 1, attempts: 0 };
      delivery = await deliveries.step(id, fence, { ...next, counted }, LEASE_MS);
      if (!delivery) return 'lost';
      if (isLast) return { delivery };
    }
    const done = await deliveries.step(id, fence, over, LEASE_MS);
    return done ? { delivery: done } : 'lost';
  }

  /** All there is to say now. */
  async function deliverAll(
    claimed: Delivery,
    fence: number,
    messagesOf: MessagesOf,
  ): Promise<DeliveryEnd | 'lost'> {
    const { conversationId: id } = claimed;
    const conversation = await store.find(id);
    for (let delivery = claimed; ; ) {
      const { sentSeq, batchTo } = delivery;
      const read = conversation ? await store.read(id, sentSeq, BATCH) : [];
      const entries = batchTo === undefined ? read : read.filter(({ seq }) => seq <= batchTo);
      const last = entries.at(-1);
      if (!last) return { kind: 'idle' };
      const stale =
        batchTo === undefined ? entries[staleCount(entries, clock.now().getTime()) - 1] : undefined;
      if (stale) {
        const passed = await deliveries.step(id, fence, { sentSeq: stale.seq }, LEASE_MS);
        if (!passed) return 'lost';
        delivery = passed;
        continue;
      }
      const locale = languageOf(entries, conversation?.locale);
      const messages = messagesOf(delivery, stillMeant(entries), locale);
      const isPinned = batchTo !== undefined || messages.length === 0;
      if (!isPinned && !(await deliveries.step(id, fence, { batchTo: last.seq }, LEASE_MS))) return 'lost';
      const overtaken = overtakenBy(read, last.seq);
      const result = await sendBatch(delivery, fence, { messages, to: last.seq, overtaken });
      if (result === 'lost') return 'lost';
      if ('end' in result) return result.end;
      delivery = result.delivery;
    }
  }

  /** The platform may take longer than a lease to answer. The way to end it waits for what is under way. */
  function keepLease(id: string, fence: number): () => Promise<unknown> {
    let renewing: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      // One that is lost shows at the next step, which keeps nothing.
      renewing = deliveries.step(id, fence, {}, LEASE_MS).catch(() => undefined);
    }, LEASE_MS / 3);
    return () => {
      clearInterval(timer);
      return renewing;
    };
  }

  async function work(conversationId: string): Promise<void> {
    const claim = await deliveries.claim(conversationId, LEASE_MS);
    if (!claim) return;
    const { delivery, fence } = claim;
    const messagesOf = senders.get(delivery.channel);
    const failed: DeliveryEnd = { kind: 'waits', why: 'retry', until: inMs(retryMs[1] ?? 1_000) };
    let end: DeliveryEnd | 'lost' = failed;
    let isSettled = false;
    const endRenewing = keepLease(conversationId, fence);
    try {
      // The account of a channel may have been taken out of the settings.
      end = messagesOf
        ? await deliverAll(delivery, fence, messagesOf)
        : { kind: 'waits', why: 'not-configured' };
    } finally {
      await endRenewing();
      if (end !== 'lost') isSettled = await deliveries.end(conversationId, fence, end);
    }
    if (end === 'lost' || (end.kind === 'idle' && !isSettled)) again.add(conversationId);
    else if (end.kind === 'waits' && end.until)
      later(Math.max(0, end.until.getTime() - clock.now().getTime()), () => kick(conversationId));
  }

  function kick(conversationId: string): void {
    if (stopping) return;
    if (running.has(conversationId)) return void again.add(conversationId);
    again.delete(conversationId);
    const run = work(conversationId)
      .catch((error: unknown) => log.error({ err: error, conversationId }, 'delivering failed'))
      .finally(() => {
        running.delete(conversationId);
        if (again.delete(conversationId)) kick(conversationId);
      });
    running.set(conversationId, run);
  }

  function sweep(): void {
    void deliveries
      .due(SWEEP_BATCH)
      .then((ids) => ids.forEach(kick))
      .catch((error: unknown) => log.error({ err: error }, 'looking for what is to be delivered failed'))
      .finally(() => later(sweepMs, sweep));
  }

  return {
    said(conversationId) {
      void deliveries
        .expect(conversationId, 'now')
        .then(() => kick(conversationId))
        .catch((error: unknown) => log.error({ err: error, conversationId }, 'delivering is left for later'));
    },
    start: sweep,
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}

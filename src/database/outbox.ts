import { and, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { CASE_CHANGED, CaseChanged } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { UPLOAD_COMPLETED, UploadCompleted } from '../domain/document.ts';
import type { HANDOFF_CHANGED, HandoffChanged } from '../domain/handoff.ts';
import type { Log } from '../domain/log.ts';
import type { ReviewDecision } from '../domain/platform.ts';
import type { Database, Queries } from './database.ts';
import { type Claimed, claimDue, defer, dropClaims, finish, postpone } from './outbox-claim.ts';
import { attempt, type Delivery } from './outbox-delivery.ts';
import { outbox } from './schema/index.ts';

/** Something a conversation is told: the bot's next turn hears it as an event. */
export type ConversationEvent = { conversationId: string; dedupeKey: string } & (
  | { name: typeof CASE_CHANGED; value: CaseChanged }
  | { name: typeof UPLOAD_COMPLETED; value: UploadCompleted }
  | { name: typeof HANDOFF_CHANGED; value: HandoffChanged }
);

export interface OutboxPayloads {
  'conversation-event': ConversationEvent;
  'review-decision': { decision: ReviewDecision; idempotencyKey: string };
  /** Looked up when it falls due: until then it can be moved or cancelled. */
  reminder: { reminderId: string };
}
export type OutboxKind = keyof OutboxPayloads;

export type OutboxMessage = {
  [K in OutboxKind]: {
    kind: K;
    payload: OutboxPayloads[K];
    /** A second message under the same key is dropped. */
    idempotencyKey: string;
    /** Messages of one kind under one key arrive in order; in practice the case's or the conversation's id. */
    orderingKey: string;
  };
}[OutboxKind];

/**
 * What takes the messages away; may be called again for one that it already took. Throws to be called later,
 * `NotBefore` to be called at a certain time.
 */
export type Deliver = { [K in OutboxKind]: (payload: OutboxPayloads[K]) => Promise<void> };

export interface Outbox {
  /** Delivers what is due now, without waiting for the next poll. Call it after a commit. */
  kick(): void;
  /** Waits for deliveries under way; what is left is delivered after the next start. */
  stop(): Promise<void>;
}

const POLL_MS = 1_000;
const CLEAN_EVERY_MS = 60 * 60 * 1000;
/** Delivered rows are kept this long: to look at, and so that their keys go on dropping repeats. */
const KEEP_DONE_MS = 30 * 24 * 60 * 60 * 1000;

/** Writes a message in the transaction of the change that causes it. */
export async function enqueue(tx: Queries, clock: Clock, message: OutboxMessage): Promise<void> {
  await tx
    .insert(outbox)
    // Due since ever: clocks of two processes may differ.
    .values({ ...message, nextAttemptAt: new Date(0), createdAt: clock.now() })
    .onConflictDoNothing({ target: outbox.idempotencyKey });
}

/**
 * Writes a message that is not delivered before its time, or moves the one under this key to another time.
 * The clocks of processes may differ by some seconds, and so may its delivery.
 */
export async function enqueueFor(tx: Queries, clock: Clock, at: Date, message: OutboxMessage): Promise<void> {
  await tx
    .insert(outbox)
    .values({ ...message, nextAttemptAt: at, createdAt: clock.now() })
    .onConflictDoUpdate({
      target: outbox.idempotencyKey,
      // Counted, so that who holds a claim on it now does not put the old time back.
      set: { nextAttemptAt: at, attempts: sql`${outbox.attempts} + 1` },
      setWhere: isNull(outbox.doneAt),
    });
}

function byCase(rows: Claimed[]): Claimed[][] {
  const groups = new Map<string, Claimed[]>();
  for (const row of rows) groups.set(row.orderingKey, [...(groups.get(row.orderingKey) ?? []), row]);
  return [...groups.values()];
}

/**
 * Delivers messages at least once, in order per case and kind, from any number of processes.
 * A failed one is tried again for ever, ever more slowly, without holding up other cases.
 */
export function startOutbox(parts: {
  database: Database;
  clock: Clock;
  deliver: Deliver;
  log: Log;
  /** No other process works on this database: claims that are there are those of the dead. */
  alone?: boolean;
}): Outbox {
  const { database, clock, log } = parts;
  let stopped = false;
  let again = false;
  let cleanedAt = 0;
  let running: Promise<void> | undefined;

  const handlers = parts.deliver as Record<string, ((payload: never) => Promise<void>) | undefined>;
  const deliver: Delivery = async (row) => {
    const handler = handlers[row.kind];
    // A newer version wrote it: it stays until a process comes that knows it.
    if (!handler) throw Object.assign(new Error('unknown kind of message'), { code: 'UNKNOWN_KIND' });
    await handler(row.payload as never);
  };

  async function settle(row: Claimed): Promise<void> {
    const tried = await attempt(row, deliver);
    switch (tried.kind) {
      case 'taken':
        return finish(database, clock, row);
      case 'early':
        return defer(database, row, tried.at);
      case 'failed':
        return postpone({ database, clock, log, row, code: tried.code });
    }
  }

  /** The decision before the news of it: when the customer hears it, it already holds. */
  async function settleInOrder(rows: Claimed[]): Promise<void> {
    for (const row of rows) await settle(row);
  }

  async function clean(): Promise<void> {
    const now = clock.now().getTime();
    if (now - cleanedAt < CLEAN_EVERY_MS) return;
    cleanedAt = now;
    await database.run((db) =>
      db.delete(outbox).where(and(isNotNull(outbox.doneAt), lt(outbox.doneAt, new Date(now - KEEP_DONE_MS)))),
    );
  }

  let inherited = parts.alone === true;

  async function drain(): Promise<void> {
    if (inherited) await dropClaims(database, clock);
    inherited = false;
    do {
      again = false;
      for (;;) {
        const claimed = stopped ? [] : await claimDue(database, clock);
        if (claimed.length === 0) break;
        await Promise.all(byCase(claimed).map(settleInOrder));
      }
      if (!stopped) await clean();
    } while (again && !stopped);
  }

  function kick(): void {
    if (stopped) return;
    again = true;
    running ??= drain()
      .catch((error) => log.error({ err: error }, 'outbox round failed'))
      .finally(() => {
        running = undefined;
      });
  }

  const poll = setInterval(kick, POLL_MS);
  poll.unref();
  kick();
  return {
    kick,
    async stop() {
      stopped = true;
      clearInterval(poll);
      await running;
    },
  };
}

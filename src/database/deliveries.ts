import { and, asc, count, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Clock } from '../domain/clock.ts';
import type { Deliveries, Delivery } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import { deliveries } from './schema/index.ts';

type Row = typeof deliveries.$inferSelect;

function deliveryOf(row: Row): Delivery {
  const { conversationId, channel, userId, sentSeq, batchPart, attempts, remaining } = row;
  return {
    ...{ conversationId, channel, userId, sentSeq, batchPart, attempts, remaining },
    batchTo: row.batchTo ?? undefined,
    windowUntil: row.windowUntil.getTime(),
    address: row.address ?? undefined,
  };
}

/** Longer than a store takes to write, or to say that it cannot. */
const SOON_MS = 15_000;
const DAY_MS = 86_400_000;

/** Deliveries in the database: one row per conversation, worked on by one process at a time. */
export function createDeliveries({ database, clock }: { database: Database; clock: Clock }): Deliveries {
  const held = (conversationId: string, fence: number) =>
    and(eq(deliveries.conversationId, conversationId), eq(deliveries.fence, fence));
  const known = (conversationId: string) => eq(deliveries.conversationId, conversationId);
  const free = (now: Date) => or(isNull(deliveries.leaseUntil), lte(deliveries.leaseUntil, now));

  return {
    async customerWrote({ conversationId, channel, userId, messages, windowUntil, lastSeq, address }) {
      const now = clock.now();
      const isOpen = sql`${deliveries.windowUntil} > ${now.toISOString()}::timestamptz`;
      // A log that was given up meanwhile counts from one again. Not for one that was in use just now: this is a look back.
      const isAnew = sql`${deliveries.sentSeq} > ${lastSeq} and ${deliveries.windowUntil} < ${new Date(now.getTime() - DAY_MS).toISOString()}::timestamptz`;
      const due = { dueAt: now, waits: null, attempts: 0 };
      // Whoever talks with a person in the app's own desk has not written to us.
      const isHeld = sql`${deliveries.waits} = 'with-person'`;
      await database.run((db) =>
        db
          .insert(deliveries)
          .values({
            conversationId,
            channel,
            userId,
            address,
            remaining: messages,
            windowUntil,
            sentSeq: lastSeq,
            ...due,
          })
          .onConflictDoUpdate({
            target: deliveries.conversationId,
            set: {
              ...(address !== undefined && { address }),
              attempts: 0,
              dueAt: sql`case when ${isHeld} then ${deliveries.dueAt} else ${now.toISOString()}::timestamptz end`,
              waits: sql`case when ${isHeld} then ${deliveries.waits} end`,
              sentSeq: sql`case when ${isAnew} then ${lastSeq} else ${deliveries.sentSeq} end`,
              batchTo: sql`case when ${isAnew} then null else ${deliveries.batchTo} end`,
              batchPart: sql`case when ${isAnew} then 0 else ${deliveries.batchPart} end`,
              remaining: sql`case when ${isOpen} then greatest(${deliveries.remaining}, ${messages}) else ${messages} end`,
              windowUntil: sql`greatest(${deliveries.windowUntil}, ${windowUntil.toISOString()}::timestamptz)`,
              expected: sql`${deliveries.expected} + 1`,
            },
          }),
      );
    },
    async purge(retentionDays) {
      const now = clock.now();
      const before = new Date(now.getTime() - retentionDays * DAY_MS);
      const gone = await database.run((db) =>
        db
          .delete(deliveries)
          .where(and(lte(deliveries.windowUntil, before), free(now)))
          .returning({ id: deliveries.conversationId }),
      );
      return gone.length;
    },
    async expect(conversationId, when) {
      const dueAt = new Date(clock.now().getTime() + (when === 'soon' ? SOON_MS : 0)).toISOString();
      await database.run((db) =>
        db
          .update(deliveries)
          .set({
            // What went wrong is not tried sooner than it was to be.
            dueAt: sql`case when ${deliveries.attempts} > 0 and ${deliveries.dueAt} is not null then ${deliveries.dueAt} else ${dueAt}::timestamptz end`,
            expected: sql`${deliveries.expected} + 1`,
          })
          .where(and(eq(deliveries.conversationId, conversationId), isNull(deliveries.waits))),
      );
    },
    async due(limit) {
      const now = clock.now();
      const rows = await database.run((db) =>
        db
          .select({ id: deliveries.conversationId })
          .from(deliveries)
          .where(and(lte(deliveries.dueAt, now), free(now)))
          .orderBy(asc(deliveries.dueAt))
          .limit(limit),
      );
      return rows.map(({ id }) => id);
    },
    async claim(conversationId, leaseMs) {
      const now = clock.now();
      const [row] = await database.run((db) =>
        db
          .update(deliveries)
          .set({
            fence: sql`${deliveries.fence} + 1`,
            leaseUntil: new Date(now.getTime() + leaseMs),
            claimedAt: deliveries.expected,
          })
          .where(
            and(
              eq(deliveries.conversationId, conversationId),
              isNotNull(deliveries.dueAt),
              lte(deliveries.dueAt, now),
              free(now),
            ),
          )
          .returning(),
      );
      return row && { delivery: deliveryOf(row), fence: row.fence };
    },
    async step(conversationId, fence, { counted, ...rest }, leaseMs) {
      const leaseUntil = new Date(clock.now().getTime() + leaseMs);
      const remaining = counted ? { remaining: sql`greatest(${deliveries.remaining} - 1, 0)` } : {};
      const [row] = await database.run((db) =>
        db
          .update(deliveries)
          .set({ ...rest, ...remaining, leaseUntil })
          .where(held(conversationId, fence))
          .returning(),
      );
      return row && deliveryOf(row);
    },
    async find(conversationId) {
      const [row] = await database.run((db) => db.select().from(deliveries).where(known(conversationId)));
      if (!row) return undefined;
      const { sentSeq, remaining, windowUntil, waits } = row;
      return { sentSeq, remaining, windowUntil, ...(waits && { waits }) };
    },
    async addressOf(conversationId) {
      const { address } = deliveries;
      const [row] = await database.run((db) =>
        db.select({ address }).from(deliveries).where(known(conversationId)),
      );
      return row?.address ?? undefined;
    },
    async resume(conversationId) {
      const due = { dueAt: clock.now(), waits: null, attempts: 0 };
      await database.run((db) =>
        db
          .update(deliveries)
          .set({ ...due, expected: sql`${deliveries.expected} + 1` })
          .where(and(known(conversationId), isNotNull(deliveries.waits))),
      );
    },
    async skip(conversationId, upTo, waits) {
      const sentSeq = sql`greatest(${deliveries.sentSeq}, ${upTo})`;
      const nothing = { batchTo: null, batchPart: 0, attempts: 0, dueAt: null, leaseUntil: null };
      await database.run((db) =>
        db
          .update(deliveries)
          .set({ ...nothing, sentSeq, waits: waits ?? null, fence: sql`${deliveries.fence} + 1` })
          .where(known(conversationId)),
      );
    },
    async hold(conversationId, waits) {
      await database.run((db) =>
        db
          .update(deliveries)
          .set({ waits, dueAt: null, expected: sql`${deliveries.expected} + 1` })
          .where(known(conversationId)),
      );
    },
    async waiting() {
      const rows = await database.run((db) =>
        db
          .select({ channel: deliveries.channel, waits: deliveries.waits, count: count() })
          .from(deliveries)
          .where(isNotNull(deliveries.waits))
          .groupBy(deliveries.channel, deliveries.waits),
      );
      return rows.flatMap(({ waits, ...row }) => (waits ? [{ ...row, waits }] : []));
    },
    async end(conversationId, fence, end) {
      const until = end.kind === 'waits' ? end.until : undefined;
      const waits = end.kind === 'waits' && end.why !== 'retry' ? end.why : null;
      // What came meanwhile has said itself when it is due; what is to be tried later stays so.
      const isSettled = sql`${deliveries.expected} = ${deliveries.claimedAt}`;
      const left = {
        dueAt: sql`case when ${isSettled} then null else ${deliveries.dueAt} end`,
        waits: sql`case when ${isSettled} then ${waits} else ${deliveries.waits} end`,
      };
      const [row] = await database.run((db) =>
        db
          .update(deliveries)
          .set({ leaseUntil: null, ...(until ? { dueAt: until, waits } : left) })
          .where(held(conversationId, fence))
          .returning({ dueAt: deliveries.dueAt }),
      );
      return row !== undefined && row.dueAt === null;
    },
  };
}

import { aliasedTable, and, asc, eq, inArray, isNull, lt, lte, notExists, sql } from 'drizzle-orm';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { Database } from './database.ts';
import { outbox } from './schema/index.ts';

/** A message that this process may deliver until its claim runs out. */
export type Claimed = Pick<
  typeof outbox.$inferSelect,
  'id' | 'kind' | 'orderingKey' | 'payload' | 'idempotencyKey' | 'attempts'
>;

const BATCH = 16;
/** Longer than the deliveries of one case in one batch, one of each kind, may take together. */
const CLAIM_MS = 15_000;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10 * 60_000;
/** From here on a message is a matter for the operator. */
const MANY_ATTEMPTS = 10;

/**
 * Claims due messages that no earlier one of their case and kind waits before. A claim is only a later
 * `nextAttemptAt`: if the process dies, the message falls due again by itself.
 */
export async function claimDue(database: Database, clock: Clock): Promise<Claimed[]> {
  const now = clock.now();
  const earlier = aliasedTable(outbox, 'earlier');
  const rows = await database.transaction(async (tx) => {
    const due = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          isNull(outbox.doneAt),
          lte(outbox.nextAttemptAt, now),
          notExists(
            tx
              .select({ one: sql`1` })
              .from(earlier)
              .where(
                and(
                  eq(earlier.orderingKey, outbox.orderingKey),
                  eq(earlier.kind, outbox.kind),
                  isNull(earlier.doneAt),
                  lt(earlier.id, outbox.id),
                ),
              ),
          ),
        ),
      )
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for('update', { of: outbox, skipLocked: true });
    if (due.length === 0) return [];
    return tx
      .update(outbox)
      .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: new Date(now.getTime() + CLAIM_MS) })
      .where(
        inArray(
          outbox.id,
          due.map((row) => row.id),
        ),
      )
      .returning({
        id: outbox.id,
        kind: outbox.kind,
        orderingKey: outbox.orderingKey,
        payload: outbox.payload,
        idempotencyKey: outbox.idempotencyKey,
        attempts: outbox.attempts,
      });
  });
  return rows.sort((a, b) => a.id - b.id);
}

/**
 * Makes all that was claimed or failed due at once. For the start of the only process there is: whoever held
 * claims is dead, and until they ran out by themselves the customers would hear nothing. What has a time of
 * its own further ahead stays as it is.
 */
export async function dropClaims(database: Database, clock: Clock): Promise<void> {
  const now = clock.now();
  const furthest = new Date(now.getTime() + LONGEST_DELAY_MS);
  await database.run((db) =>
    db
      .update(outbox)
      .set({ nextAttemptAt: now })
      .where(and(isNull(outbox.doneAt), lte(outbox.nextAttemptAt, furthest))),
  );
}

/** Delivered, whoever holds the claim by now. */
export async function finish(database: Database, clock: Clock, row: Claimed): Promise<void> {
  await database.run((db) =>
    db.update(outbox).set({ doneAt: clock.now(), lastError: null }).where(eq(outbox.id, row.id)),
  );
}

/** Not yet its time: due again then, unless somebody else has claimed or moved it meanwhile. */
export async function defer(database: Database, row: Claimed, at: Date): Promise<void> {
  await database.run((db) =>
    db
      .update(outbox)
      .set({ nextAttemptAt: at, lastError: null })
      .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts), isNull(outbox.doneAt))),
  );
}

/** Doubles up to the cap; the random half keeps processes and cases from falling into step. */
export function delayAfter(attempts: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  return Math.round(full * (0.5 + random / 2));
}

/** Not delivered: due again later, unless somebody else has claimed it meanwhile. */
export async function postpone(parts: {
  database: Database;
  clock: Clock;
  log: Log;
  row: Claimed;
  code: string;
}): Promise<void> {
  const { database, clock, log, row, code } = parts;
  const delayMs = delayAfter(row.attempts, Math.random());
  await database.run((db) =>
    db
      .update(outbox)
      .set({ nextAttemptAt: new Date(clock.now().getTime() + delayMs), lastError: code })
      .where(and(eq(outbox.id, row.id), eq(outbox.attempts, row.attempts), isNull(outbox.doneAt))),
  );
  const details = { outboxId: row.id, kind: row.kind, attempts: row.attempts, code, delayMs };
  if (row.attempts >= MANY_ATTEMPTS) log.error(details, 'message still not delivered; it is tried on');
  else log.warn(details, 'message not delivered');
}

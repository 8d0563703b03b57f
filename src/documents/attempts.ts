import { and, count, eq, gt, isNotNull, lt } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { uploadAttempts } from '../database/schema/index.ts';
import type { UploadOutcome, UploadRefusal } from '../domain/document.ts';

const WINDOW_MS = 10 * 60_000;
const MAX_IN_WINDOW = 20;
/** As long as the conversation store knows a message it has seen. */
const KEPT_MS = 24 * 60 * 60_000;

/** These may turn out differently a moment later, so a repeat is worth another try. */
const PASSING: readonly UploadRefusal[] = ['TooManyUploads', 'StorageUnavailable'];

export interface Attempt {
  id: number;
  /** The ticket the file was first taken for; `null` when no slot was open. */
  ticketId: string | null;
  /** Set when the same message has been dealt with already. */
  outcome: UploadOutcome | null;
}

/** Whether the conversation has handed in too many files lately (20 in 10 minutes). */
export async function isLimited(db: Queries, conversationId: string, now: Date): Promise<boolean> {
  const [row] = await db
    .select({ recent: count() })
    .from(uploadAttempts)
    .where(
      and(
        eq(uploadAttempts.conversationId, conversationId),
        isNotNull(uploadAttempts.ticketId),
        gt(uploadAttempts.createdAt, new Date(now.getTime() - WINDOW_MS)),
      ),
    );
  return (row?.recent ?? 0) >= MAX_IN_WINDOW;
}

/** The attempt that a repeated message began, if there is one. */
export async function findAttempt(
  db: Queries,
  conversationId: string,
  idempotencyKey: string,
): Promise<Attempt | undefined> {
  const [row] = await db
    .select()
    .from(uploadAttempts)
    .where(
      and(
        eq(uploadAttempts.conversationId, conversationId),
        eq(uploadAttempts.idempotencyKey, idempotencyKey),
      ),
    );
  return row;
}

/** Notes that a file came in. The same key at the same moment yields the attempt that was first. */
export async function beginAttempt(
  db: Queries,
  attempt: { conversationId: string; ticketId: string | null; idempotencyKey: string | null; now: Date },
): Promise<Attempt> {
  const { now, ...values } = attempt;
  const [row] = await db
    .insert(uploadAttempts)
    .values({ ...values, createdAt: now })
    // Writing the key over itself makes the row that is there come back.
    .onConflictDoUpdate({
      target: [uploadAttempts.conversationId, uploadAttempts.idempotencyKey],
      set: { idempotencyKey: attempt.idempotencyKey },
    })
    .returning();
  if (!row) throw new Error('an upload attempt was not recorded');
  return row;
}

/** Notes what became of the file, unless it may go better next time. */
export async function finishAttempt(db: Queries, attemptId: number, outcome: UploadOutcome): Promise<void> {
  if (outcome.kind === 'refused' && PASSING.includes(outcome.code)) return;
  await db.update(uploadAttempts).set({ outcome }).where(eq(uploadAttempts.id, attemptId));
}

/** Forgets attempts that neither count nor repeat any more. */
export async function forgetAttempts(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await database.run((db) => db.delete(uploadAttempts).where(lt(uploadAttempts.createdAt, before)));
}

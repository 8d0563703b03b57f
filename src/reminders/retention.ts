import { and, lt, ne } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { reminders } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';

const DAY_MS = 86_400_000;

/** Deletes the reminders that were told, cancelled or given up longer ago. Returns how many. */
export async function purgeReminders(
  { database, clock }: { database: Database; clock: Clock },
  retentionDays: number,
): Promise<number> {
  const before = new Date(clock.now().getTime() - retentionDays * DAY_MS);
  const ended = and(ne(reminders.state, 'waiting'), lt(reminders.endedAt, before));
  const gone = await database.run((db) => db.delete(reminders).where(ended).returning({ id: reminders.id }));
  return gone.length;
}

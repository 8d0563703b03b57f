import { lt } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { deskEvents } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';

/** Deletes desk events that are older: a socket that has been away longer begins anew. Returns how many. */
export async function purgeDesk(
  { database, clock }: { database: Database; clock: Clock },
  retentionDays: number,
): Promise<number> {
  const before = new Date(clock.now().getTime() - retentionDays * 86_400_000);
  const gone = await database.run((db) =>
    db.delete(deskEvents).where(lt(deskEvents.at, before)).returning({ seq: deskEvents.seq }),
  );
  return gone.length;
}

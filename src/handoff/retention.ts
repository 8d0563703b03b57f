import { lt } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { deskEvents } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';

/** A socket that was away longer begins anew. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Deletes desk events past their time. Returns how many. */
export async function purgeDeskEvents({
  database,
  clock,
}: {
  database: Database;
  clock: Clock;
}): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS);
  const gone = await database.run((db) =>
    db.delete(deskEvents).where(lt(deskEvents.at, before)).returning({ seq: deskEvents.seq }),
  );
  return gone.length;
}

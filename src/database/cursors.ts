import { eq } from 'drizzle-orm';
import type { Clock } from '../domain/clock.ts';
import type { Cursors } from '../domain/cursors.ts';
import type { Database } from './database.ts';
import { cursors } from './schema/index.ts';

/** Cursors in the database, which outlives the platforms' few days. */
export function createCursors({ database, clock }: { database: Database; clock: Clock }): Cursors {
  return {
    async read(name) {
      const [row] = await database.run((db) =>
        db.select({ cursor: cursors.cursor }).from(cursors).where(eq(cursors.name, name)),
      );
      return row?.cursor;
    },
    async save(name, cursor) {
      const savedAt = clock.now();
      await database.run((db) =>
        db
          .insert(cursors)
          .values({ name, cursor, savedAt })
          .onConflictDoUpdate({ target: cursors.name, set: { cursor, savedAt } }),
      );
    },
  };
}

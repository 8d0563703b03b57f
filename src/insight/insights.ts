import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { turns } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { TurnInsight } from '../domain/insight.ts';

const DAY_MS = 86_400_000;
/** What is deleted in one statement; a shortened retention may leave millions to delete. */
const PURGE_BATCH = 5_000;

const COLUMNS = sql.join(
  Object.values(getTableColumns(turns)).map(({ name }) => sql.identifier(name)),
  sql`, `,
);

/** What is known of turns, in the database. */
export interface Insights {
  /** All or none; a turn that is known already stays as it is. */
  write(batch: readonly TurnInsight[]): Promise<void>;
  /** Of one conversation, in order. */
  of(conversationId: string): Promise<TurnInsight[]>;
  /** Deletes what is older. Returns how many turns that were. */
  purge(retentionDays: number): Promise<number>;
}

export function createInsights({ database, clock }: { database: Database; clock: Clock }): Insights {
  async function purgeSome(before: Date): Promise<number> {
    const oldest = sql`${turns.at} < ${before.toISOString()}::timestamptz limit ${PURGE_BATCH}`;
    const gone = await database.run((db) =>
      db
        .delete(turns)
        .where(sql`ctid = any(array(select ctid from ${turns} where ${oldest}))`)
        .returning({ seq: turns.seq }),
    );
    return gone.length;
  }

  return {
    async write(batch) {
      const rows = batch.map(({ conversationId, ...rest }) => ({ conversation_id: conversationId, ...rest }));
      // One parameter instead of seventeen a row, which take the process a multiple of the time.
      const recordset = sql`jsonb_populate_recordset(null::${turns}, ${JSON.stringify(rows)}::jsonb)`;
      await database.run((db) =>
        db.execute(
          sql`insert into ${turns} (${COLUMNS}) select ${COLUMNS} from ${recordset} on conflict do nothing`,
        ),
      );
    },
    async of(conversationId) {
      const rows = await database.run((db) =>
        db.select().from(turns).where(eq(turns.conversationId, conversationId)).orderBy(asc(turns.seq)),
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async purge(retentionDays) {
      const before = new Date(clock.now().getTime() - retentionDays * DAY_MS);
      let purged = 0;
      for (;;) {
        const some = await purgeSome(before);
        purged += some;
        if (some < PURGE_BATCH) return purged;
      }
    },
  };
}

import { asc, desc, eq, getTableColumns, gte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { misunderstandings, turns } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { Misunderstanding, TurnInsight } from '../domain/insight.ts';

const DAY_MS = 86_400_000;
/** What is deleted in one statement; a shortened retention may leave millions to delete. */
const PURGE_BATCH = 5_000;
/** What is looked at in one report; each is compared with others. */
const MOST_UNCLEAR = 5_000;

type Table = typeof turns | typeof misunderstandings;

/** What is known of turns, in the database. */
export interface Insights {
  /**
   * All or none; a turn that is known already stays as it is, and of an utterance that was not understood the
   * last that was learnt.
   */
  write(batch: readonly TurnInsight[]): Promise<void>;
  /** Of one conversation, in order; without what was not understood. */
  of(conversationId: string): Promise<TurnInsight[]>;
  /** What was not understood in the last days, latest first; the latest of them when there is a lot. */
  unclear(days: number): Promise<Misunderstanding[]>;
  /** Deletes what is older. Returns how many turns that were. */
  purge(retentionDays: number): Promise<number>;
}

const columnsOf = (table: Table) =>
  sql.join(
    Object.values(getTableColumns(table)).map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
const COLUMNS = { turns: columnsOf(turns), misunderstandings: columnsOf(misunderstandings) };

/** Rows as one parameter instead of seventeen a row, which take the process a multiple of the time. */
function inserting(table: Table, columns: SQL, entries: readonly { conversationId: string }[]): SQL {
  const rows = entries.map(({ conversationId, ...rest }) => ({ conversation_id: conversationId, ...rest }));
  const recordset = sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)`;
  return sql`insert into ${table} (${columns}) select ${columns} from ${recordset}`;
}

/** One statement may not write a row twice: of an utterance, what was learnt last. */
function lastLearnt(batch: readonly TurnInsight[]): Misunderstanding[] {
  const all = batch.flatMap(({ unclear = [] }) => unclear);
  return [...new Map(all.map((it) => [`${it.conversationId} ${it.seq}`, it])).values()];
}

export function createInsights({ database, clock }: { database: Database; clock: Clock }): Insights {
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);

  async function purgeSome(table: Table, before: Date): Promise<number> {
    const oldest = sql`${table.at} < ${before.toISOString()}::timestamptz limit ${PURGE_BATCH}`;
    const gone = await database.run((db) =>
      db
        .delete(table)
        .where(sql`ctid = any(array(select ctid from ${table} where ${oldest}))`)
        .returning({ seq: table.seq }),
    );
    return gone.length;
  }

  async function purgeAll(table: Table, before: Date): Promise<number> {
    let purged = 0;
    for (;;) {
      const some = await purgeSome(table, before);
      purged += some;
      if (some < PURGE_BATCH) return purged;
    }
  }

  return {
    async write(batch) {
      const unclear = lastLearnt(batch);
      const known = sql`${inserting(turns, COLUMNS.turns, batch)} on conflict do nothing`;
      const told = sql`${inserting(misunderstandings, COLUMNS.misunderstandings, unclear)}
        on conflict (conversation_id, seq) do update set why = excluded.why, meant = excluded.meant`;
      await database.run((db) =>
        db.execute(unclear.length > 0 ? sql`with told as (${told}) ${known}` : known),
      );
    },
    async of(conversationId) {
      const rows = await database.run((db) =>
        db.select().from(turns).where(eq(turns.conversationId, conversationId)).orderBy(asc(turns.seq)),
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async unclear(days) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(misunderstandings)
          .where(gte(misunderstandings.at, daysAgo(days)))
          .orderBy(desc(misunderstandings.at))
          .limit(MOST_UNCLEAR),
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async purge(retentionDays) {
      const before = daysAgo(retentionDays);
      await purgeAll(misunderstandings, before);
      return purgeAll(turns, before);
    },
  };
}

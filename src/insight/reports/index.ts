import { asc, type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../../database/database.ts';
import { deskGroups } from '../../database/schema/index.ts';
import type { ReportName, ReportQuery, ReportRow } from '../../domain/report.ts';
import { audience, hours, overview, trend } from './conversations.ts';
import { agents, desk, deskTrend, groups } from './desk.ts';
import { causes, intents, riskLock, topics } from './matters.ts';
import type { Asked } from './range.ts';

/** Figures over what is known of turns, cases and hand-offs: sums and means, nothing of anybody in person. */
export interface Reports {
  /** IANA name of the zone that all times are of. */
  readonly timeZone: string;
  /** The groups that hand-offs can be chosen by. */
  groups(): Promise<{ id: string; name: string }[]>;
  /** The rows of a report, in the order in which they are shown. */
  read<Name extends ReportName>(name: Name, query: ReportQuery): Promise<ReportRow<Name>[]>;
}

const STATEMENTS: Record<ReportName, (asked: Asked) => SQL> = {
  overview,
  trend,
  topics,
  intents,
  causes,
  languages: (asked) => audience(asked, 'locale'),
  channels: (asked) => audience(asked, 'channel'),
  hours,
  'risk-lock': riskLock,
  desk,
  'desk-trend': deskTrend,
  groups,
  agents,
};

/** A million turns are grouped in memory, and compiling takes longer than what it saves. */
async function prepare(tx: Queries): Promise<void> {
  await tx.execute(sql`set transaction read only`);
  await tx.execute(
    sql`select set_config('work_mem', '64MB', true), set_config('hash_mem_multiplier', '2', true), set_config('jit', 'off', true)`,
  );
}

/** `timeZone`: of the operator. */
export function createReports(parts: { database: Database; timeZone: string }): Reports {
  const { database, timeZone } = parts;
  return {
    timeZone,
    groups: () =>
      database.run((db) =>
        db
          .select({ id: deskGroups.id, name: deskGroups.name })
          .from(deskGroups)
          .orderBy(asc(deskGroups.place)),
      ),
    async read<Name extends ReportName>(name: Name, query: ReportQuery) {
      const statement = STATEMENTS[name]({ ...query, timeZone });
      // Both drivers answer with their rows; the statement names the columns of the report.
      const { rows } = (await database.transaction(async (tx) => {
        await prepare(tx);
        return tx.execute(statement);
      })) as { rows: ReportRow<Name>[] };
      return rows;
    },
  };
}

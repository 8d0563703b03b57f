import { type SQL, sql } from 'drizzle-orm';
import { turns } from '../../database/schema/index.ts';
import type { ReportQuery } from '../../domain/report.ts';

/** A query and the operator's time zone, which its times are of. */
export interface Asked extends ReportQuery {
  /** IANA name: Asia/Shanghai. */
  timeZone: string;
}

const NAMES = { channel: 'channel', locale: 'locale', topic: 'topic', group: 'group_id' } as const;
type Filter = keyof typeof NAMES;

/** The instant of a time of the operator's clock. */
export const instantOf = (local: string, { timeZone }: Asked): SQL =>
  sql`${local}::timestamp at time zone ${timeZone}::text`;

/** Whether a row's instant is in the range, and the row is one of those asked for. */
export function within(instant: SQL, asked: Asked, filters: readonly Filter[]): SQL {
  const conditions = [
    sql`${instant} >= ${instantOf(asked.from, asked)}`,
    sql`${instant} < ${instantOf(asked.to, asked)}`,
    ...filters.flatMap((filter) => {
      const wanted = asked[filter];
      return wanted === undefined ? [] : [sql`${sql.identifier(NAMES[filter])} = ${wanted}`];
    }),
  ];
  return sql.join(conditions, sql` and `);
}

/** The turns that are asked for. */
export function asksFor(asked: Asked): SQL {
  return within(sql`${turns.at}`, asked, ['channel', 'locale', 'topic']);
}

/**
 * The quarter of an hour of an instant. All zones keep to quarters: grouping by them first leaves few instants
 * to be looked up in the calendar.
 */
export const quarterOf = (instant: SQL): SQL =>
  sql`date_bin('15 minutes', ${instant}, timestamptz '2000-01-01T00:00:00Z')`;

/** The hour, day or week of an instant, as the operator's clock shows it. */
export function bucketOf(instant: SQL, { bucket, timeZone }: Asked): SQL {
  return sql`date_trunc(${bucket}::text, ${instant} at time zone ${timeZone}::text)`;
}

/** All hours, days or weeks of the range as `time`, also those in which nothing happened. */
export function everyBucket({ from, to, bucket }: Asked): SQL {
  return sql`(
    select generate_series(
      date_trunc(${bucket}::text, ${from}::timestamp),
      ${to}::timestamp - interval '1 minute',
      ${`1 ${bucket}`}::interval
    ) as time
  )`;
}

/** A time as reports show it. */
export const shown = (time: SQL): SQL => sql`to_char(${time}, 'YYYY-MM-DD"T"HH24:MI')`;

/** A part of a whole, `null` of nothing. */
export const share = (part: SQL, whole: SQL): SQL => sql`(${part})::float8 / nullif(${whole}, 0)`;

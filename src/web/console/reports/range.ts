import type { Bucket, ReportQuery } from '../../../domain/report.ts';

/** Ranges that are one press away, in days up to now. */
export const DAYS = [1, 7, 30, 90] as const;

/** Days up to now, or from one date to another, both included. */
export type Choice = { days: (typeof DAYS)[number] } | { first: string; last: string };

export type Range = Pick<ReportQuery, 'from' | 'to'>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Clock times are reckoned with as if they were UTC; no day is shorter there. */
const shifted = (local: string, ms: number) => new Date(Date.parse(`${local}Z`) + ms).toJSON().slice(0, 16);
const lengthOf = ({ from, to }: Range) => Date.parse(`${to}Z`) - Date.parse(`${from}Z`);

/** What a clock in the zone shows: 2026-11-23T09:00. */
export function clockTime(now: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(now).replace(' ', 'T');
}

export function rangeOf(choice: Choice, now: Date, timeZone: string): Range {
  if ('first' in choice)
    return { from: `${choice.first}T00:00`, to: shifted(`${choice.last}T00:00`, DAY_MS) };
  const minute = clockTime(now, timeZone);
  const midnight = `${minute.slice(0, 10)}T00:00`;
  return { from: shifted(midnight, (1 - choice.days) * DAY_MS), to: shifted(minute, MINUTE_MS) };
}

/** The same days and hours before: today until noon is compared with yesterday until noon. */
export function rangeBefore(range: Range): Range {
  const ms = -Math.ceil(lengthOf(range) / DAY_MS) * DAY_MS;
  return { from: shifted(range.from, ms), to: shifted(range.to, ms) };
}

/** Buckets that give a line with neither too few nor too many points, best first. */
export function bucketsFor(range: Range): [Bucket, ...Bucket[]] {
  const days = lengthOf(range) / DAY_MS;
  if (days <= 2) return ['hour'];
  if (days <= 14) return ['day', 'hour'];
  return days <= 100 ? ['day', 'week'] : ['week', 'day'];
}

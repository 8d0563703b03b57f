import { z } from 'zod';
import { BUCKETS } from '../../domain/report.ts';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;
/** Beyond, a line of hours is neither read nor quickly made. */
const LONGEST_IN_HOURS_DAYS = 31;

/** Some year and hour that the calendar and the database know. */
const minute = z
  .string()
  .regex(/^2\d{3}-\d\d-\d\dT\d\d:\d\d$/, 'a time of the operator’s clock: 2026-11-23T09:00')
  .refine((text) => new Date(`${text}Z`).toJSON()?.startsWith(text) ?? false, 'there is no such time');

const name = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .optional();

const daysOf = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / DAY_MS;

/** What may be asked for. */
export const reportQuery = z
  .object({
    from: minute,
    to: minute,
    bucket: z.enum(BUCKETS).default('day'),
    channel: name,
    locale: name,
    topic: name,
    group: name,
  })
  .refine((query) => daysOf(query) > 0, 'the range ends before it begins')
  .refine((query) => daysOf(query) <= LONGEST_DAYS, `at most ${LONGEST_DAYS} days`)
  .refine(
    (query) => query.bucket !== 'hour' || daysOf(query) <= LONGEST_IN_HOURS_DAYS,
    `by the hour at most ${LONGEST_IN_HOURS_DAYS} days`,
  );

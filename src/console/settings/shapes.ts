import { z } from 'zod';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { faultsOfHours, orderedHours } from '../../domain/opening-hours-check.ts';
import { Refusal } from '../refusal.ts';

/** Five characters; whether it is a time is told day by day by `checkedHours`. */
const time = z.string().max(5);
const periods = z.array(z.object({ from: time, to: time })).max(8);
const day = z.iso.date();

/** Opening hours as they come in and go out. */
export const hours = z.object({
  timeZone: z.string().max(64),
  periods: z.record(z.string().regex(/^[1-7]$/, 'a weekday from 1 to 7'), periods),
  holidays: z.array(day).max(400),
  makeUpDays: z
    .record(day, periods)
    .refine((days) => Object.keys(days).length <= 200, 'at most 200 days')
    .optional(),
});

const seconds = (most: number) => z.int().min(5).max(most);
const DAY = 86_400;

export const targets = z.object({
  firstReplySeconds: seconds(DAY),
  nextReplySeconds: seconds(DAY),
  resolutionMinutes: z
    .int()
    .min(1)
    .max(7 * 1440),
});

export const deskSettings = targets.extend({
  hours,
  acceptSeconds: seconds(600),
  silentSeconds: seconds(DAY),
  apologySeconds: seconds(DAY),
  messageSeconds: seconds(DAY),
  reopenHours: z.int().min(0).max(720),
});

const name = z.string().trim().min(1).max(64);

export const group = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'lower case letters, digits and - only'),
  name: name.max(30),
  routes: z.object({
    about: z.array(name).max(50),
    locales: z.array(name).max(5),
  }),
  hours: hours.optional(),
  targets: targets.optional(),
  autoAssign: z.boolean(),
  active: z.boolean(),
  place: z.int().min(0).max(1000),
  version: z.int(),
});

/**
 * Hours that can be kept to, in order. Throws a refusal that names the days and what is wrong with each.
 */
export function checkedHours(given: z.output<typeof hours>): OpeningHours {
  const known = Intl.supportedValuesOf('timeZone').includes(given.timeZone);
  if (!known) throw new Refusal(422, 'BadTimeZone', 'There is no such time zone.');
  const faults = faultsOfHours(given);
  if (faults.length > 0)
    throw new Refusal(422, 'BadHours', 'These opening hours cannot be kept to.', undefined, { faults });
  return orderedHours(given);
}

import { monthsAfter, type ReminderKind } from '../../src/domain/reminder.ts';
import type { ReminderOffer } from './remind-me.ts';
import type { Services } from './services.ts';

const BILLS: readonly [ReminderKind, months: number][] = [
  ['first-bill', 1],
  ['second-bill', 2],
];

/** 账单提醒: the two statements after unbinding, as far as they are ahead; without a day, counted from today. */
export function billOffers({ clock }: Pick<Services, 'clock'>, unboundAt?: string): ReminderOffer[] {
  const from = unboundAt === undefined ? clock.now() : new Date(unboundAt);
  return BILLS.map(([kind, months]) => ({ kind, at: monthsAfter(from, months) }))
    .filter(({ at }) => at > clock.now())
    .map(({ kind, at }) => ({ kind, at: at.toISOString() }));
}

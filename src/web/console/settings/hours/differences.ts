import type { OpeningHours, OpeningPeriod } from '../../../../domain/opening-hours.ts';
import { orderedHours } from '../../../../domain/opening-hours-check.ts';
import type { DeskLocale } from '../../locale.ts';
import type { SettingsWords } from '../words.ts';
import { dateWords, weekdayWords } from './dates.ts';

/** Whether two hours are the same to whoever keeps to them. */
export function isSame(one: OpeningHours, other: OpeningHours): boolean {
  const plain = (hours: OpeningHours) => {
    const { timeZone, periods, holidays, makeUpDays } = orderedHours(hours);
    const open = Object.entries(periods).filter(([, of]) => of.length > 0);
    return JSON.stringify([timeZone, open, holidays, makeUpDays]);
  };
  return plain(one) === plain(other);
}

const timesOf = (periods: readonly OpeningPeriod[]) =>
  periods.map(({ from, to }) => `${from}–${to}`).join(' ');

/** What somebody has changed in opening hours, day by day. */
export function differencesOfHours(
  before: OpeningHours,
  after: OpeningHours,
  { t, locale }: { t: SettingsWords; locale: DeskLocale },
): string[] {
  const [was, is] = [orderedHours(before), orderedHours(after)];
  const words = (periods: OpeningPeriod[] | undefined) =>
    periods && periods.length > 0 ? timesOf(periods) : t('closedAllDay');
  const changed = (day: string, one: string, other: string) =>
    one === other ? [] : [t('changedFromTo', { what: day, before: one, after: other })];
  const weekly = ['1', '2', '3', '4', '5', '6', '7'].flatMap((day) =>
    changed(weekdayWords(Number(day), locale), words(was.periods[day]), words(is.periods[day])),
  );
  const dayWords = (hours: OpeningHours, day: string) => {
    if (hours.holidays.includes(day)) return t('holiday');
    const own = hours.makeUpDays?.[day];
    return own ? timesOf(own) : t('usualDay');
  };
  const days = new Set(
    [was, is].flatMap(({ holidays, makeUpDays = {} }) => [...holidays, ...Object.keys(makeUpDays)]),
  );
  const dated = [...days]
    .sort()
    .flatMap((day) => changed(dateWords(day, locale), dayWords(was, day), dayWords(is, day)));
  return [...weekly, ...dated];
}

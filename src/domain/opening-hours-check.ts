import { minutesOf, type OpeningHours, type OpeningPeriod } from './opening-hours.ts';

/**
 * `time`: no time of day (25:00); `backwards`: ends before it begins, or over midnight; `overlap`: two periods share
 * a minute; `empty`: a make-up day without periods; `both`: the day is a holiday, too.
 */
export type HoursFaultKind = 'time' | 'backwards' | 'overlap' | 'empty' | 'both';

export interface HoursFault {
  /** Weekday 1 … 7 or `YYYY-MM-DD`. */
  day: string;
  fault: HoursFaultKind;
}

const BEGINS = /^([01]\d|2[0-3]):[0-5]\d$/;
const ENDS = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Periods in the order of the day. */
export function inOrderOfDay(periods: readonly OpeningPeriod[]): OpeningPeriod[] {
  return [...periods].sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
}

/** What is wrong with the periods of one day, in whatever order they are. Two may touch. */
export function faultOfPeriods(periods: readonly OpeningPeriod[]): HoursFaultKind | undefined {
  if (periods.some(({ from, to }) => !BEGINS.test(from) || !ENDS.test(to))) return 'time';
  if (periods.some(({ from, to }) => minutesOf(from) >= minutesOf(to))) return 'backwards';
  const ordered = inOrderOfDay(periods);
  const overlaps = ordered.some(({ from }, index) => {
    const before = ordered[index - 1];
    return before !== undefined && minutesOf(from) < minutesOf(before.to);
  });
  return overlaps ? 'overlap' : undefined;
}

/** Everything that opening hours must not be, day by day. */
export function faultsOfHours(hours: OpeningHours): HoursFault[] {
  const { periods, holidays, makeUpDays = {} } = hours;
  const weekly = Object.entries(periods).map(([day, of]) => ({ day, fault: faultOfPeriods(of) }));
  const special = Object.entries(makeUpDays).map(([day, of]) => {
    if (holidays.includes(day)) return { day, fault: 'both' as const };
    return { day, fault: of.length === 0 ? ('empty' as const) : faultOfPeriods(of) };
  });
  return [...weekly, ...special].flatMap(({ day, fault }) => (fault ? [{ day, fault }] : []));
}

/** The same hours with every day's periods in order and the dates, too. */
export function orderedHours(hours: OpeningHours): OpeningHours {
  const ordered = (days: Record<string, OpeningPeriod[]>) =>
    Object.fromEntries(
      Object.entries(days)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([day, periods]) => [day, inOrderOfDay(periods)]),
    );
  return {
    ...hours,
    periods: ordered(hours.periods),
    holidays: [...new Set(hours.holidays)].sort(),
    makeUpDays: ordered(hours.makeUpDays ?? {}),
  };
}

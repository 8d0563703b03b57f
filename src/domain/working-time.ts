import { localTime, minutesOf, type OpeningHours, periodsOn } from './opening-hours.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Spring Festival with the weekends around it is shorter. */
const LONGEST_CLOSED_DAYS = 60;

/**
 * When so many minutes of opening time have passed since `from`; a desk that never opens works round the clock.
 * Seconds of `from` are kept.
 */
export function afterWorkingTime(hours: OpeningHours, from: Date, minutes: number): Date {
  let left = minutes;
  let closedDays = 0;
  for (let ahead = 0; closedDays <= LONGEST_CLOSED_DAYS; ahead++) {
    const at = new Date(from.getTime() + ahead * DAY_MS);
    const day = localTime(at, hours.timeZone);
    const periods = periodsOn(hours, day);
    closedDays = periods.length === 0 ? closedDays + 1 : 0;
    // A day that has not begun yet counts from its beginning; today only from now on.
    const now = ahead === 0 ? day.minutes : 0;
    for (const period of periods) {
      const begins = Math.max(minutesOf(period.from), now);
      const lasts = minutesOf(period.to) - begins;
      if (lasts <= 0) continue;
      // China has no daylight saving, so minutes of the local day can simply be added.
      if (left <= lasts) return new Date(at.getTime() + (begins + left - day.minutes) * MINUTE_MS);
      left -= lasts;
    }
  }
  return new Date(from.getTime() + minutes * MINUTE_MS);
}

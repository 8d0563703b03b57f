import type { DeskLocale } from '../../locale.ts';

const DAY_MS = 86_400_000;

/** A date without time, wherever this machine is. */
const at = (date: string) => new Date(`${date}T00:00:00Z`);

/** 10月1日 周四; the year where it is another one than this. */
export function dateWords(date: string, locale: DeskLocale): string {
  const year = date.slice(0, 4) === new Date().toISOString().slice(0, 4) ? {} : { year: 'numeric' as const };
  const format = { ...year, month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, format).format(at(date));
}

/** 周一 … 周日 for 1 … 7. */
export function weekdayWords(weekday: number, locale: DeskLocale): string {
  const monday = Date.parse('2026-11-23T00:00:00Z');
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return format.format(new Date(monday + (weekday - 1) * DAY_MS));
}

/** All dates from one to the other. */
export function datesBetween(first: string, last: string): string[] {
  const days = Math.round((at(last).getTime() - at(first).getTime()) / DAY_MS);
  return Array.from({ length: days + 1 }, (_, ahead) =>
    new Date(at(first).getTime() + ahead * DAY_MS).toISOString().slice(0, 10),
  );
}

export interface DateRange {
  first: string;
  last: string;
  days: number;
}

/** Days that follow each other, together. */
export function rangesOf(dates: readonly string[]): DateRange[] {
  const ranges: DateRange[] = [];
  for (const date of [...dates].sort()) {
    const before = ranges.at(-1);
    if (before && datesBetween(before.last, date).length === 2) {
      before.last = date;
      before.days++;
    } else ranges.push({ first: date, last: date, days: 1 });
  }
  return ranges;
}

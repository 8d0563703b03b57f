import { daysAgo } from './relative-day.ts';

/** A day as the customer named it; `day` is `YYYY-MM-DD` in Beijing time. */
export type NamedDay = { kind: 'day'; day: string } | { kind: 'impossible' } | { kind: 'to-come' };

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const NUMERAL = /[一二三四五六七八九十]{1,3}(?=[月日号])/gu;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ENGLISH =
  /^(?:([a-z]{3})[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3})[a-z]*)$/u;
const MONTH_AND_DAY = /^(?:(今年|去年|前年)|((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})[日号]$/u;
const YEARS_AGO: Record<string, number> = { 今年: 0, 去年: 1, 前年: 2 };
const DAY_MS = 86_400_000;

/** The calendar day of a moment where the platform and its customers are. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(moment);
}

function exists(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function onCalendar(year: number, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** 二十三 -> 23 */
function numberOf(numeral: string): string {
  const [tens = '', ones = ''] = numeral.includes('十') ? numeral.split('十') : ['零', numeral];
  const ten = tens === '' ? 1 : NUMERALS.indexOf(tens) + 1;
  return String(ten * 10 + NUMERALS.indexOf(ones) + 1);
}

/** 十一月八号, Nov 8th -> 11月8日 */
function inNumbers(words: string): string {
  const [, month = '', day = '', dayFirst = day, monthLast = month] = ENGLISH.exec(words) ?? [];
  const at = MONTHS.indexOf(monthLast);
  return at < 0 ? words.replace(NUMERAL, numberOf) : `${at + 1}月${dayFirst}日`;
}

function monthAndDay(words: string, today: string): string | undefined {
  const [, relative, whole, month, day] = MONTH_AND_DAY.exec(words) ?? [];
  if (!month || !day) return undefined;
  const thisYear = Number(today.slice(0, 4));
  if (whole) return onCalendar(Number(whole), month, day);
  if (relative) return onCalendar(thisYear - (YEARS_AGO[relative] ?? 0), month, day);
  const thisYears = onCalendar(thisYear, month, day);
  // A charge lies in the past: in January 「12月30日」 is last year's.
  return thisYears > today && exists(thisYears) ? onCalendar(thisYear - 1, month, day) : thisYears;
}

/** Which day an `Entities.date` names; undefined for what is no single day (上个月). */
export function dayNamed(date: string, now: Date): NamedDay | undefined {
  const today = dayOf(now);
  const ago = daysAgo(date, today);
  if (ago !== undefined)
    return ago < 0
      ? { kind: 'to-come' }
      : { kind: 'day', day: dayOf(new Date(now.getTime() - ago * DAY_MS)) };
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? date : monthAndDay(inNumbers(date), today);
  if (!day) return undefined;
  if (!exists(day)) return { kind: 'impossible' };
  return day > today ? { kind: 'to-come' } : { kind: 'day', day };
}

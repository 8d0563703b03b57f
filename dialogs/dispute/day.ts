/** A day as the customer named it; `day` is `YYYY-MM-DD` in Beijing time. */
export type NamedDay = { kind: 'day'; day: string } | { kind: 'impossible' } | { kind: 'to-come' };

const DAYS_AGO: Record<string, number> = { 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 昨晚: 1, 前天: 2, 大前天: 3 };
const TO_COME = /^(?:明天|后天|tomorrow)$/u;
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
  if (TO_COME.test(date)) return { kind: 'to-come' };
  const today = dayOf(now);
  const ago = DAYS_AGO[date];
  if (ago !== undefined) return { kind: 'day', day: dayOf(new Date(now.getTime() - ago * DAY_MS)) };
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? date : monthAndDay(date, today);
  if (!day) return undefined;
  if (!exists(day)) return { kind: 'impossible' };
  return day > today ? { kind: 'to-come' } : { kind: 'day', day };
}

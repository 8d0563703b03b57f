import { type Locale, text } from '../../locales/index.ts';
import type { SlotValue } from './say.ts';
import type { Services } from './services.ts';

/** The platform and its customers live by this clock, wherever the process runs. */
const TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

/** Fen as yuan with two decimals and no sign: 5210 -> 52.10. */
export function formatAmount(locale: Locale, amountFen: number): string {
  const yuan = amountFen / 100;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(yuan);
}

/** The calendar day in the time zone, counted in days, so that days can be subtracted. */
function dayNumber(at: Date): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, dateStyle: 'short' }).format(at);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function dayWords(locale: Locale, at: Date, now: Date): string {
  const ahead = dayNumber(at) - dayNumber(now);
  if (Math.abs(ahead) <= 1) {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day');
  }
  const year = (date: Date) =>
    new Intl.DateTimeFormat('en', { timeZone: TIME_ZONE, year: 'numeric' }).format(date);
  const shape: Intl.DateTimeFormatOptions = { timeZone: TIME_ZONE, month: 'long', day: 'numeric' };
  if (year(at) !== year(now)) shape.year = 'numeric';
  return new Intl.DateTimeFormat(locale, shape).format(at);
}

/** A moment in Shanghai time: 今天 14:30, 明天 09:00, 11月24日 09:00; the year only when it is another one. */
export function formatWhen(locale: Locale, at: Date, now: Date): string {
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return text(locale, 'language.dayAndTime', { day: dayWords(locale, at, now), time });
}

/** 甲、乙、丙 without an "and", which each language puts otherwise; in English with it. */
export function formatList(locale: Locale, items: readonly string[]): string {
  if (locale !== 'en') return items.join('、');
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

/** Fen as a slot for a text that names the currency. */
export function amountOf(amountFen: number): SlotValue {
  return { amountFen };
}

/** A moment (or its ISO-8601 text) as a slot, seen from now. */
export function whenOf(services: Pick<Services, 'clock'>, at: Date | string): SlotValue {
  return { at: new Date(at).toISOString(), now: services.clock.now().toISOString() };
}

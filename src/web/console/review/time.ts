import { useEffect, useState } from 'react';
import type { DeskLocale } from '../texts.tsx';
import type { Say } from './texts.ts';

/** The time, anew every so often. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** 3:05 */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The time of day, with the day where it is not today. */
export function moment(iso: string, locale: DeskLocale): string {
  const at = new Date(iso);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const today = at.toDateString() === new Date().toDateString();
  const day = today ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(at);
}

/** Day and time in full, to the second. */
export function instant(iso: string, locale: DeskLocale): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** How long it is until then, or how long ago: 剩 3 小时 5 分. */
export function remaining(t: Say, until: string, now: number): string {
  const ms = Date.parse(until) - now;
  const all = Math.floor(Math.abs(ms) / 60_000);
  const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor(all / 60) % 24, all % 60];
  const time =
    days > 0
      ? t('days', { days, hours })
      : hours > 0
        ? t('hours', { hours, minutes })
        : t('minutes', { minutes });
  return t(ms < 0 ? 'late' : 'left', { time });
}

import type { DeskLocale } from '../locale.ts';
import type { Say } from './texts.ts';

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

import type { Bucket, ColumnKind, Metric } from '../../../domain/report.ts';
import type { DeskLocale } from '../locale.ts';
import type { Words } from './data.ts';

export type Cell = string | number | null;

const NOTHING = '–';

function duration(seconds: number, locale: DeskLocale): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), locale === 'en' ? 'h' : '小时'],
    [Math.floor((whole % 3600) / 60), locale === 'en' ? 'min' : '分'],
    [whole % 60, locale === 'en' ? 's' : '秒'],
  ] as const;
  const from = parts.findIndex(([amount]) => amount > 0);
  // Two units are enough to compare by.
  const told = parts.slice(from < 0 ? 2 : from, from < 0 ? 3 : from + 2);
  const gap = locale === 'en' ? ' ' : '';
  return told.map(([amount, unit]) => `${amount}${gap}${unit}`).join(gap);
}

/** A value of a report as people read it. */
export function formatted(value: Cell, kind: ColumnKind, locale: DeskLocale, words: Words): string {
  if (value === null) return NOTHING;
  if (typeof value === 'string') {
    const terms: Partial<Record<ColumnKind, Record<string, string>>> = words.terms;
    return terms[kind]?.[value] ?? value.replace('T', ' ');
  }
  if (kind === 'share')
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  if (kind === 'seconds') return duration(value, locale);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: kind === 'mark' ? 2 : 0 }).format(value);
}

/** The end of an axis mark: what the bucket leaves open. */
export function timeMark(time: string, bucket: Bucket): string {
  return bucket === 'hour' ? time.slice(11) : time.slice(5, 10);
}

export interface Change {
  text: string;
  direction: 'up' | 'down' | 'same';
}

/** How a figure has changed: shares by points, all else in percent; nothing where there was nothing before. */
export function changeOf(now: Cell, before: Cell, kind: ColumnKind, locale: DeskLocale): Change | undefined {
  if (typeof now !== 'number' || typeof before !== 'number') return undefined;
  if (kind !== 'share' && before === 0) return undefined;
  const points = kind === 'share';
  const by = (points ? now - before : (now - before) / before) * 100;
  const signed = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(by);
  const unit = points ? (locale === 'en' ? ' pp' : ' 个百分点') : '%';
  const direction = Math.abs(by) < 0.05 ? 'same' : by > 0 ? 'up' : 'down';
  return { text: `${signed}${unit}`, direction };
}

/** Figures whose rise is good, and whose rise is not; of all others it is neither. */
export const WISHED: Partial<Record<Metric, 'up' | 'down'>> = {
  contained: 'up',
  understood: 'up',
  solved: 'up',
  waiting: 'down',
  waiting90: 'down',
  firstReply: 'down',
  handling: 'down',
  abandoned: 'down',
  breached: 'down',
  satisfaction: 'up',
};

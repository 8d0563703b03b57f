import type { LogEntry } from '../../conversation/store.ts';
import { type Locale, localeFor } from '../../domain/locale.ts';

/**
 * The language that goes with what is said: the one in which the bot spoke last, which follows the customer, else the
 * channel's.
 */
export function languageOf(entries: readonly LogEntry[], channel: string | undefined): Locale {
  const last = entries.findLast(({ origin, activity }) => origin === 'bot' && activity.locale);
  return localeFor(last?.activity.locale ?? channel);
}

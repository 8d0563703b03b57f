import { isLocale, type Locale } from '../domain/locale.ts';
import { type Asked, askedLanguage, whichChinese } from './asked-language.ts';
import { writingOf } from './writing.ts';

/** The language of a conversation, kept in its memory. */
export interface Language {
  locale: Locale;
  /** Why: what was asked for stays, what was written is followed, else it is the channel's. */
  by: 'asked' | 'written' | 'channel';
  /** Shown by the last message, but not clearly enough to be followed yet. */
  hint?: Locale;
}

/** What a message tells about the language. */
export interface Heard {
  /** The customer's own words; absent for events and for tapped choices. */
  words?: { text: string; folded: string } | undefined;
  /** The channel's language at this message. */
  channel: Locale;
}

/** The language after a message, and whether the message has asked for it. */
export interface Spoken {
  language: Language;
  asked: Asked | undefined;
}

function isLanguage(value: Language | undefined): value is Language {
  return isLocale(value?.locale);
}

/** Follows the customer: what is asked for, else clear writing, else the channel's locale. */
export function nextLanguage(stored: Language | undefined, { words, channel }: Heard): Spoken {
  const before = isLanguage(stored) ? stored : undefined;
  if (!words) return { language: before ?? { locale: channel, by: 'channel' }, asked: undefined };
  const asked = askedLanguage(words.folded);
  if (asked) {
    const known = before && before.locale !== 'en' ? before.locale : channel;
    const locale = asked.language === 'zh' ? whichChinese(words.text, known) : asked.language;
    return { language: { locale, by: 'asked' }, asked };
  }
  if (before?.by === 'asked') return { language: before, asked: undefined };
  return { language: followed(before, words.text, channel), asked: undefined };
}

function followed(before: Language | undefined, text: string, channel: Locale): Language {
  const present: Language = before?.by === 'written' ? { ...before } : { locale: channel, by: 'channel' };
  const hinted = before?.hint;
  delete present.hint;
  const writing = writingOf(text);
  if (!writing) return hinted === undefined ? present : { ...present, hint: hinted };
  const isChinese = present.locale !== 'en';
  const locale =
    writing.language === 'zh' ? (isChinese ? present.locale : whichChinese('', channel)) : writing.language;
  if (locale === present.locale) return present;
  return writing.clear || hinted === locale ? { locale, by: 'written' } : { ...present, hint: locale };
}

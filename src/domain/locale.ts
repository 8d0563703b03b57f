/** Languages the bot speaks; the first is the reference that has every text. */
export const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const REFERENCE_LOCALE: Locale = 'zh-CN';

/** Whether a stored or received value is one of ours. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language of a channel's tag: zh-Hant, zh-HK, zh-MO -> zh-TW; zh -> zh-CN; en-GB -> en; undefined for others. */
export function knownLocale(tag: string | undefined): Locale | undefined {
  const [language = '', ...parts] = (tag ?? '').trim().toLowerCase().split(/[-_]/);
  if (language === 'en') return 'en';
  if (language !== 'zh' && language !== 'yue') return undefined;
  if (parts.includes('hans')) return 'zh-CN';
  return parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-TW' : 'zh-CN';
}

/** As `knownLocale`, with the reference for tags that we have no texts for. */
export function localeFor(tag: string | undefined): Locale {
  return knownLocale(tag) ?? REFERENCE_LOCALE;
}

/** The first language of an Accept-Language header that we speak; the header is sorted by wish already. */
export function acceptedLocale(header: string | undefined): Locale {
  for (const range of (header ?? '').split(',')) {
    const locale = knownLocale(range.split(';')[0]);
    if (locale) return locale;
  }
  return REFERENCE_LOCALE;
}

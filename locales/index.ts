import i18next from 'i18next';
import { LOCALES, type Locale, REFERENCE_LOCALE } from '../src/domain/locale.ts';
import banks from './banks.json' with { type: 'json' };
import { en } from './en/index.ts';
import { type Texts, zhCN } from './zh-CN/index.ts';
import { zhTW } from './zh-TW/index.ts';

export {
  acceptedLocale,
  isLocale,
  LOCALES,
  type Locale,
  localeFor,
  REFERENCE_LOCALE,
} from '../src/domain/locale.ts';

/** `file.key` of a text in `locales/zh-CN`; a wrong one does not compile. */
export type TextKey = { [File in keyof Texts]: `${File}.${keyof Texts[File] & string}` }[keyof Texts];

/** Values for the `{{name}}` slots of a text. */
export type Slots = Record<string, string | number>;

const TEXTS: Record<Locale, Texts> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };

const i18n = i18next.createInstance();
// Without a backend this is synchronous: the resources are already here.
void i18n.init({
  lng: REFERENCE_LOCALE,
  fallbackLng: REFERENCE_LOCALE,
  supportedLngs: [...LOCALES],
  resources: TEXTS,
  ns: Object.keys(zhCN),
  nsSeparator: '.',
  keySeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
  // A text with a hole must not reach a customer: this is a fault of ours.
  missingInterpolationHandler: (_text, match: string[]) => {
    throw new Error(`text has no value for its slot ${match[1]}`);
  },
});

/** The text for a customer. A slot `bank` holds the name as the platform tells it, in Chinese. Throws when a slot has no value. */
export function text(locale: Locale, key: TextKey, slots: Slots = {}): string {
  const { bank } = slots;
  const named = typeof bank === 'string' ? { ...slots, bank: bankName(locale, bank) } : slots;
  return i18n.t(key, { ...named, lng: locale });
}

/** A bank by its full Chinese name, as it calls itself in the language; unknown ones keep their name. */
export function bankName(locale: Locale, name: string): string {
  const names: Record<string, Partial<Record<Locale, string>>> = banks;
  return names[name]?.[locale] ?? name;
}

const isOwn = new Set(
  LOCALES.flatMap((locale) => Object.values(TEXTS[locale]).flatMap((file) => Object.values(file))),
);

/** Whether words are a text of ours in whatever language: a tapped choice is not how somebody writes. */
export function isOurText(words: string): boolean {
  return isOwn.has(words.trim());
}

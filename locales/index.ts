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

/** The words of every text in every language, with the same text's in the reference. */
function inReference(): Map<string, string> {
  const found = new Map<string, string>();
  for (const locale of LOCALES) {
    const files: Record<string, Record<string, string>> = TEXTS[locale];
    for (const [file, texts] of Object.entries<Record<string, string>>(zhCN)) {
      for (const [key, reference] of Object.entries(texts)) {
        const words = files[file]?.[key] ?? reference;
        const known = found.get(words);
        // One translation of several texts is left to be understood by itself.
        found.set(words, known === undefined || known === reference ? reference : words);
      }
    }
  }
  return found;
}

const IN_REFERENCE = inReference();

/**
 * A text of ours in the reference language, whatever language it is in; undefined when the words are no text of
 * ours. A tapped choice is not how its reader writes, and it means the same in every language.
 */
export function referenceWords(words: string): string | undefined {
  return IN_REFERENCE.get(words.trim());
}

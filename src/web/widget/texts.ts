import { acceptedLocale, isLocale, type Locale, REFERENCE_LOCALE } from '../../domain/locale.ts';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };
import zhTW from './texts/zh-TW.json' with { type: 'json' };

type Texts = typeof zhCN;

const TEXTS: Record<Locale, Texts> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };

/** The language of the widget: the page's at first, then the conversation's. */
export let locale: Locale = REFERENCE_LOCALE;
/** The words of the widget itself; what the bot says comes from the server. */
export let texts: Texts = TEXTS[locale];

/** Changes the language for whatever is drawn from now on; languages we do not speak change nothing. */
export function speak(wanted: string | undefined): void {
  if (!isLocale(wanted)) return;
  locale = wanted;
  texts = TEXTS[wanted];
}

/** The language that the embedding page names, else the first of the browser's that we speak. */
export function pageLocale(named: string | null, browser: readonly string[]): Locale {
  return acceptedLocale(named || browser.join(','));
}

/** Puts values into `{name}` places. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

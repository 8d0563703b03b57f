import type { Locale } from '../../domain/locale.ts';
import { locale } from '../widget/texts.ts';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };
import zhTW from './texts/zh-TW.json' with { type: 'json' };

type Texts = typeof zhCN;

const TEXTS: Record<Locale, Texts> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };

/** The words of the page around the upload itself, in the language that is spoken. */
export const words = (): Texts => TEXTS[locale];

/** Why a ticket takes nothing: its code at the server, if that is told on a page of its own. */
export type Closing = keyof Texts['closed'];

/** The code if it means that no other file would be taken, either. */
export function closingOf(code: string | undefined): Closing | undefined {
  return (Object.keys(zhCN.closed) as Closing[]).find((known) => known === code);
}

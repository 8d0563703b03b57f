import { text } from '../../../locales/index.ts';
import { INTENTS } from '../../domain/intent.ts';
import { type Metric, TERMS, type Term } from '../../domain/report.ts';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

/** Languages of the desk. */
export const DESK_LOCALES = ['zh-CN', 'en'] as const;
export type DeskLocale = (typeof DESK_LOCALES)[number];

interface Texts {
  /** What each column is called and what exactly it counts: the only place that says so. */
  metrics: Record<Metric, { title: string; means: string }>;
  terms: Record<Exclude<Term, 'intent'>, Record<string, string>>;
}

const TEXTS: Record<DeskLocale, Texts> = { 'zh-CN': zhCN, en };

/** The words of the reports in a language of the desk. */
export interface ReportWords {
  metrics: Texts['metrics'];
  terms: Record<Term, Record<string, string>>;
}

export function reportWords(locale: DeskLocale): ReportWords {
  const { metrics, terms } = TEXTS[locale];
  const intents = INTENTS.map((intent) => [intent, text(locale, `intents.${intent}`)]);
  return { metrics, terms: { ...terms, intent: Object.fromEntries(intents) } };
}

/** A value of a column in words; names that have none stay as they are. */
export function wordFor({ terms }: ReportWords, kind: string, value: string): string {
  const term = TERMS.find((known) => known === kind);
  return (term && terms[term][value]) ?? value;
}

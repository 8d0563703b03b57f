import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { DeskLocale } from './locale.ts';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

export type DeskText = keyof typeof zhCN;

const TEXTS: Record<DeskLocale, Record<DeskText, string>> = { 'zh-CN': zhCN, en };
const KEPT = 'desk-locale';

type Values = Record<string, string | number>;

const filled = (words: string, values: Values) =>
  words.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

interface Speech {
  locale: DeskLocale;
  /** The words for a key, with values for its `{name}` places. */
  t(key: DeskText, values?: Values): string;
  switchLocale(): void;
}

const SpeechContext = createContext<Speech | undefined>(undefined);

function firstLocale(): DeskLocale {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  const speech = useMemo<Speech>(() => {
    document.documentElement.lang = locale;
    document.title = TEXTS[locale].title;
    return {
      locale,
      t: (key, values = {}) => filled(TEXTS[locale][key], values),
      switchLocale() {
        const other = locale === 'zh-CN' ? 'en' : 'zh-CN';
        localStorage.setItem(KEPT, other);
        setLocale(other);
      },
    };
  }, [locale]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('a component speaks outside of the desk');
  return speech;
}

/** As `t`, for texts that belong to one page and are loaded with it. */
export function usePageTexts<Key extends string>(
  texts: Record<DeskLocale, Record<Key, string>>,
): (key: Key, values?: Values) => string {
  const { locale } = useSpeech();
  return useMemo(() => {
    const words = texts[locale];
    return (key, values = {}) => filled(words[key], values);
  }, [texts, locale]);
}

import { ApiError } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { usePageTexts } from '../texts.tsx';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

export type SettingsText = keyof typeof zhCN;

const TEXTS = { 'zh-CN': zhCN, en };

export const useSettingsTexts = () => usePageTexts<SettingsText>(TEXTS);

const isKnown = (key: string): key is SettingsText => key in zhCN;

/** What went wrong, in the words of the settings where they have some, else of the desk. */
export function useSettingsErrorText(): (error: unknown) => string {
  const t = useSettingsTexts();
  const general = useErrorText();
  return (error) => {
    const key = error instanceof ApiError ? `error-${error.code}` : '';
    return isKnown(key) ? t(key) : general(error);
  };
}

import { ApiError } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { usePageTexts } from '../texts.tsx';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };
import { isSettingsText, type SettingsText, type SettingsWords } from './words.ts';

const TEXTS = { 'zh-CN': zhCN, en };

export const useSettingsTexts = (): SettingsWords => usePageTexts<SettingsText>(TEXTS);

/** What went wrong, in the words of the settings where they have some, else of the desk. */
export function useSettingsErrorText(): (error: unknown) => string {
  const t = useSettingsTexts();
  const general = useErrorText();
  return (error) => {
    const key = error instanceof ApiError ? `error-${error.code}` : '';
    return isSettingsText(key) ? t(key) : general(error);
  };
}

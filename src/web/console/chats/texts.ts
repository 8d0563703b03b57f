import { ApiError } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { usePageTexts } from '../texts.tsx';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

export type ChatText = keyof typeof zhCN;

const TEXTS = { 'zh-CN': zhCN, en };

export const useChatTexts = () => usePageTexts<ChatText>(TEXTS);

const isKnown = (key: string): key is ChatText => key in zhCN;

/** What went wrong, in the words of the chats where they have some, else of the desk. */
export function useChatErrorText(): (error: unknown) => string {
  const t = useChatTexts();
  const general = useErrorText();
  return (error) => {
    const key = error instanceof ApiError ? `error-${error.code}` : '';
    if (!(error instanceof ApiError) || !isKnown(key)) return general(error);
    const told = Object.entries(error.details).map(([name, value]) => [name, String(value)]);
    return t(key, Object.fromEntries(told));
  };
}

/** The words for a code of the server; the code itself where there are none. */
export function useTerm(): (kind: string, code: string) => string {
  const t = useChatTexts();
  return (kind, code) => {
    const key = `${kind}-${code}`;
    return isKnown(key) ? t(key) : code;
  };
}

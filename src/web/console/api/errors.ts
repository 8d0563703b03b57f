import zhCN from '../texts/zh-CN.json' with { type: 'json' };
import { type DeskText, useSpeech } from '../texts.tsx';
import { ApiError } from './client.ts';

const isKnown = (key: string): key is DeskText => key in zhCN;

/** What went wrong, in the words of the desk. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useSpeech();
  return (error) => {
    const key = error instanceof ApiError ? `error-${error.code}` : 'error-unknown';
    return t(isKnown(key) ? key : 'error-unknown');
  };
}

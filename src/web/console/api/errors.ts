import zhCN from '../texts/zh-CN.json' with { type: 'json' };
import { type DeskText, useSpeech } from '../texts.tsx';
import { ApiError } from './client.ts';

const isKnown = (key: string): key is DeskText => key in zhCN;

/** What went wrong, in the words of the desk; they may name what the server has told with it: `{number}`. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useSpeech();
  return (error) => {
    if (!(error instanceof ApiError)) return t('error-unknown');
    const key = `error-${error.code}`;
    const told = Object.entries(error.details).map(([name, value]) => [name, String(value)]);
    return t(isKnown(key) ? key : 'error-unknown', Object.fromEntries(told));
  };
}

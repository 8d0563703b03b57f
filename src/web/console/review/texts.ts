import { ApiError } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { usePageTexts, useSpeech } from '../texts.tsx';
import { moment } from '../time.ts';
import en from './texts/en.json' with { type: 'json' };
import zhCN from './texts/zh-CN.json' with { type: 'json' };

export type ReviewText = keyof typeof zhCN;

const TEXTS = { 'zh-CN': zhCN, en };

/** The words of the review desk, the audit and the records of customers. */
export const useReviewTexts = () => usePageTexts<ReviewText>(TEXTS);

export type Say = ReturnType<typeof useReviewTexts>;

const isKnown = (key: string): key is ReviewText => key in zhCN;

/** The words for a code of the server, such as an action of the audit; the code itself where there are none. */
export function useTerm(): (kind: 'action' | 'by' | 'blocker', code: string) => string {
  const t = useReviewTexts();
  return (kind, code) => {
    const key = `${kind}-${code}`;
    return isKnown(key) ? t(key) : code;
  };
}

interface LastChange {
  action: string;
  by: string;
  at: string;
}

/** Why a step was refused: who holds it, what has changed, what is still open. */
export function useRefusalText(): (error: unknown) => string {
  const t = useReviewTexts();
  const term = useTerm();
  const general = useErrorText();
  const { locale } = useSpeech();
  const listed = (slots: unknown) =>
    (Array.isArray(slots) ? slots : [])
      .map((slot) => `slot-${slot}`)
      .map((key) => (isKnown(key) ? t(key) : key))
      .join(locale === 'en' ? ', ' : '、');
  const stateOf = (state: unknown) => (isKnown(`state-${state}`) ? t(`state-${state}` as ReviewText) : '');

  function changed({ last, state }: Record<string, unknown>): string {
    const change = last as LastChange | null | undefined;
    if (!change) return t('error-ChangedUnknown', { state: stateOf(state) });
    return t('error-ChangedMeanwhile', {
      by: term('by', change.by),
      at: moment(change.at, locale),
      action: term('action', change.action),
    });
  }

  return (error) => {
    if (!(error instanceof ApiError)) return general(error);
    const { code, details } = error;
    if (code === 'ChangedMeanwhile') return changed(details);
    const key = `error-${code}`;
    if (!isKnown(key)) return general(error);
    return t(key, {
      by: String(details.by ?? ''),
      until: typeof details.until === 'string' ? moment(details.until, locale) : '',
      state: stateOf(details.state),
      slots: listed(details.slots),
    });
  };
}

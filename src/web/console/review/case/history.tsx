import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import type { ReviewCase } from '../model.ts';
import { useReviewTexts, useTerm } from '../texts.ts';

/** What has happened to the case, newest first, and what the customer consented to. */
export function History({ one }: { one: ReviewCase }) {
  const t = useReviewTexts();
  const term = useTerm();
  const { locale } = useSpeech();
  return (
    <section className="history">
      <ol>
        {one.history.map(({ seq, action, by, at }) => (
          <li key={seq}>
            <time dateTime={at}>{moment(at, locale)}</time>
            <span>
              {term('by', by)} {term('action', action)}
            </span>
          </li>
        ))}
      </ol>
      <h2>{t('consents')}</h2>
      <ul>
        {one.consents.map(({ purpose, version, givenAt }) => (
          <li key={purpose}>
            {t('consentGiven', { purpose: t(`consent-${purpose}`), version, at: moment(givenAt, locale) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

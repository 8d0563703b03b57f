import { Button } from 'antd';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import type { ReviewDocument } from '../model.ts';
import { VerdictTag } from '../tags.tsx';
import { useReviewTexts } from '../texts.ts';
import type { Work } from './work.ts';

/** The verdict that a document has, and whose. */
export function Standing({
  work,
  document,
  onTakeBack,
}: {
  work: Work;
  document: ReviewDocument;
  onTakeBack(): void;
}) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { verdict } = document;
  if (!verdict) return null;
  return (
    <div className="verdict">
      <p>
        <VerdictTag verdict={verdict} />
        {verdict.reason && <strong>{t(`reason-${verdict.reason}`)} </strong>}
        <span className="is-idle">{t('verdictBy', { by: verdict.by, at: moment(verdict.at, locale) })}</span>
      </p>
      {work.mayJudge && document.state === 'stored' && (
        <Button size="small" loading={work.pending} onClick={onTakeBack}>
          {t('takeBack')}
        </Button>
      )}
    </div>
  );
}

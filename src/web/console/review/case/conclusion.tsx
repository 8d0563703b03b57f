import { Button, Typography } from 'antd';
import { useState } from 'react';
import { useKeys } from '../keys.ts';
import { currentOf, type Decision, type ReviewCase } from '../model.ts';
import type { ReviewText } from '../texts.ts';
import { useReviewTexts } from '../texts.ts';
import { ConclusionQuestion } from './conclusion-question.tsx';
import { outlookOf } from './outlook.ts';
import type { Work } from './work.ts';

function toldOf({ proposal, state }: ReviewCase): ReviewText {
  if (proposal) return 'toldProposed';
  if (state === 'needs-more') return 'toldReturned';
  return state === 'approved' ? 'toldApproved' : 'toldRejected';
}

/**
 * 结论: what the verdicts come to, and the last question before it goes out. What was typed there stays when the
 * claim is lost meanwhile.
 */
export function Conclusion({
  work,
  onDone,
}: {
  work: Work;
  onDone(told: ReviewText, now: ReviewCase): void;
}) {
  const t = useReviewTexts();
  const { one } = work;
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const [said, setSaid] = useState<Decision>();
  const outlook = outlookOf(one);
  const mayConclude = work.mayJudge && outlook.kind !== 'open';
  useKeys({ s: mayConclude ? () => setAsking(true) : undefined });

  async function conclude(): Promise<void> {
    const body = { version: one.version, ...(said && { decision: said }), ...(note.trim() && { note }) };
    const now = await work.run({ path: 'conclusion', body });
    if (!now) return;
    setAsking(false);
    setNote('');
    setSaid(undefined);
    onDone(toldOf(now), now);
  }

  function what(): string {
    switch (outlook.kind) {
      case 'open':
        return t('concludeOpen', { count: outlook.count });
      case 'return':
        return t('concludeReturn', {
          slots: outlook.documents.map(({ slot }) => t(`slot-${slot}`)).join(' · '),
        });
      case 'reject':
        return t('concludeReject');
      case 'approve':
        return t('concludeApprove');
      case 'say':
        return t('noDocuments');
    }
  }
  const done = currentOf(one).filter(({ verdict }) => verdict !== null).length;
  return (
    <>
      {work.mayJudge && (
        <section className="settlement" aria-label={t('conclusion')}>
          <div>
            <h2>
              {t('conclusion')} <span className="is-idle figure">{`${done}/${currentOf(one).length}`}</span>
            </h2>
            <Typography.Text>{what()}</Typography.Text>
          </div>
          <Button type="primary" size="large" disabled={!mayConclude} onClick={() => setAsking(true)}>
            {t('conclude')} <kbd>S</kbd>
          </Button>
        </section>
      )}
      <ConclusionQuestion
        {...{ work, outlook, note, said }}
        open={asking}
        what={what()}
        onNote={setNote}
        onSay={setSaid}
        onClose={() => setAsking(false)}
        onConclude={conclude}
      />
    </>
  );
}

import { Alert, App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import type { ReviewCase } from '../model.ts';
import type { ReviewText } from '../texts.ts';
import { useReviewTexts } from '../texts.ts';
import { NoteQuestion } from './note-question.tsx';
import type { Work } from './work.ts';

/** 双人复核: what somebody proposed, for a different person to agree or not. */
export function Proposal(props: {
  work: Work;
  proposal: NonNullable<ReviewCase['proposal']>;
  onDone(told: ReviewText, now: ReviewCase): void;
}) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { modal } = App.useApp();
  const { work, proposal, onDone } = props;
  const { by, at, cause, reason, mine, decision } = proposal;
  const [refusing, setRefusing] = useState(false);
  const body = { version: work.one.version };
  const why = mine ? t('proposalMine') : work.isMine ? undefined : t('proposalClaim');
  const decided = t(`decision-${decision}`);

  const confirm = () =>
    void modal.confirm({
      title: `${t('confirmProposal')}: ${decided}`,
      content: decision === 'rejected' ? work.one.customerTexts.rejected : t('toldApproved'),
      okText: t('confirmProposal'),
      onOk: async () => {
        const now = await work.run({ path: 'proposal/confirm', body });
        if (now) onDone('proposalConfirmed', now);
      },
    });

  return (
    <section className="settlement" aria-label={t('proposal')}>
      <h2>{t('proposal')}</h2>
      <p>
        <strong>{t('proposedBy', { by, decision: decided, at: moment(at, locale) })}</strong>
        <br />
        {t(`cause-${cause}`)}
        {reason && ` · ${t(`reason-${reason}`)}`}
      </p>
      {why && <Alert type="info" showIcon title={why} />}
      <div className="verdict-buttons">
        <Tooltip title={why}>
          <Button type="primary" disabled={why !== undefined} loading={work.pending} onClick={confirm}>
            {t('confirmProposal')}
          </Button>
        </Tooltip>
        <Tooltip title={why}>
          <Button danger disabled={why !== undefined} onClick={() => setRefusing(true)}>
            {t('refuseProposal')}
          </Button>
        </Tooltip>
      </div>
      <NoteQuestion
        open={refusing}
        title={t('refuseProposal')}
        hint={t('notesHint')}
        label={t('refuseProposalNote')}
        confirm={t('refuseProposal')}
        work={work}
        onClose={() => setRefusing(false)}
        onConfirm={async (note) => {
          const now = await work.run({ path: 'proposal/refuse', body: { ...body, note } });
          if (now) onDone('proposalRefused', now);
          return now !== undefined;
        }}
      />
    </section>
  );
}

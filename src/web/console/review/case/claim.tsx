import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../texts.tsx';
import { clock, moment, useNow } from '../../time.ts';
import { useReviewTexts } from '../texts.ts';
import { NoteQuestion } from './note-question.tsx';
import { isOpen } from './outlook.ts';
import type { Work } from './work.ts';

const SOON_MS = 2 * 60_000;

/** Takes the case. */
export function ClaimButton({ work, again = false }: { work: Work; again?: boolean }) {
  const t = useReviewTexts();
  const { one, pending, run } = work;
  const isOwn = one.proposal?.mine === true;
  return (
    <Tooltip title={isOwn ? t('proposalMine') : `${t('claimHint')} (C)`}>
      <Button
        type="primary"
        icon={<UnlockOutlined aria-hidden />}
        disabled={isOwn}
        loading={pending}
        onClick={() => void run({ path: 'claim' })}
      >
        {t(again ? 'claimAgain' : 'claim')}
      </Button>
    </Tooltip>
  );
}

function Mine({ work, until, onKeep }: { work: Work; until: string; onKeep(): void }) {
  const t = useReviewTexts();
  const left = Date.parse(until) - useNow();
  const isEnding = left < SOON_MS;
  return (
    <>
      <span className={isEnding ? 'lease is-ending' : 'lease'} role="timer">
        <LockOutlined aria-hidden /> {t('heldByMe', { time: clock(left) })}
      </span>
      {isEnding && (
        <Button type="primary" onClick={onKeep}>
          {t('keep')}
        </Button>
      )}
      <Button loading={work.pending} onClick={() => void work.run({ path: 'release' })}>
        {t('release')}
      </Button>
    </>
  );
}

function Theirs({ work, by, until }: { work: Work; by: string; until: string }) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <span className="lease">
        <LockOutlined aria-hidden /> {t('heldBy', { by, until: moment(until, locale) })}
      </span>
      {work.maySupervise && <Button onClick={() => setAsking(true)}>{t('breakClaim')}</Button>}
      <NoteQuestion
        open={asking}
        title={t('breakTitle', { by })}
        hint={t('breakHint')}
        label={t('breakReason')}
        confirm={t('breakClaim')}
        work={work}
        onClose={() => setAsking(false)}
        onConfirm={async (reason) =>
          (await work.run({ path: 'break-claim', body: { reason } })) !== undefined
        }
      />
    </>
  );
}

/** Who has the case and for how long. */
export function Claim({ work, onKeep }: { work: Work; onKeep(): void }) {
  const t = useReviewTexts();
  const { one } = work;
  const { holder, state } = one;
  if (holder?.me) return <Mine work={work} until={holder.until} onKeep={onKeep} />;
  if (holder) return <Theirs work={work} by={holder.number} until={holder.until} />;
  if (isOpen(one)) return <ClaimButton work={work} />;
  return <span className="lease">{t(state === 'needs-more' ? 'waitsForCustomer' : 'done')}</span>;
}

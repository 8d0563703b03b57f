import { LockOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { memo } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import type { QueueItem } from '../model.ts';
import { StateTag } from '../tags.tsx';
import { useReviewTexts } from '../texts.ts';
import { remaining } from '../time.ts';

const SOON_MS = 60 * 60_000;

function Due({ item, now }: { item: QueueItem; now: number }) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { breachAt, overdue, state } = item;
  if (state === 'needs-more' && !item.triesOver)
    return <span className="due is-idle">{t('waitsForCustomer')}</span>;
  if (state !== 'submitted' && state !== 'in-review' && state !== 'needs-more')
    return <span className="due is-idle">{t('done')}</span>;
  const soon = Date.parse(breachAt) - now < SOON_MS;
  return (
    <span
      className={overdue ? 'due is-late' : soon ? 'due is-soon' : 'due'}
      title={t('dueAt', { at: moment(breachAt, locale) })}
    >
      {remaining(t, breachAt, now)}
    </span>
  );
}

function Marks({ item }: { item: QueueItem }) {
  const t = useReviewTexts();
  const { proposal, duplicates, triesOver } = item;
  return (
    <>
      {proposal && <Tag color="purple">{t(proposal.mine ? 'markProposalMine' : 'markProposal')}</Tag>}
      {duplicates && <Tag color="orange">{t('markDuplicate')}</Tag>}
      {triesOver && <Tag color="red">{t('markTriesOver')}</Tag>}
    </>
  );
}

interface Props {
  item: QueueItem;
  now: number;
  index: number;
  isChosen: boolean;
  onOpen(number: string): void;
}

/** One case of the queue. */
export const CaseRow = memo(function CaseRow({ item, now, index, isChosen, onOpen }: Props) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { number, kind, state, cardLast4, submittedAt, holder } = item;
  return (
    <tr
      className={isChosen ? 'case-row is-chosen' : 'case-row'}
      aria-rowindex={index + 2}
      onClick={() => onOpen(number)}
    >
      <td>
        <Due item={item} now={now} />
      </td>
      <td>
        <Link href={`/${number}`} onClick={(event) => event.stopPropagation()}>
          {number}
        </Link>
      </td>
      <td>{t(`kind-${kind}`)}</td>
      <td>
        <StateTag state={state} />
      </td>
      <td className="figure">{cardLast4 ?? '–'}</td>
      <td className="figure">{moment(submittedAt, locale)}</td>
      <td className={holder ? '' : 'is-idle'}>
        {holder ? (
          <>
            <LockOutlined aria-hidden /> {holder.me ? t('me') : holder.number}
          </>
        ) : (
          t('nobody')
        )}
      </td>
      <td>
        <Marks item={item} />
      </td>
    </tr>
  );
});

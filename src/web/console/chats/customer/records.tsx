import { Tag } from 'antd';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import type { CardFacts, CaseFacts } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

const CASE_COLORS: Record<string, string> = {
  approved: 'green',
  rejected: 'red',
  'needs-more': 'orange',
  'in-review': 'blue',
  submitted: 'blue',
};

/** A card with what stands in the way of unbinding it. */
export function Card({ card, named }: { card: CardFacts; named: boolean }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { bank, last4, type, status, eligible, blockers } = card;
  return (
    <li className={`card ${named ? 'is-named' : ''}`}>
      <span className="card-head">
        <strong>{bank}</strong> {t('cardEnding', { last4 })}
        <small>{words.term('card-type', type)}</small>
        <Tag>{words.term('card-status', status)}</Tag>
      </span>
      {blockers.map(({ code }) => (
        <Tag key={code} color="orange">
          {words.term('cause', code)}
        </Tag>
      ))}
      {eligible && <Tag color="green">{t('cardFree')}</Tag>}
      {eligible === undefined && status === 'bound' && <small>{t('cardUnknown')}</small>}
    </li>
  );
}

/** A case; `linked`: whoever looks may review it. */
export function CaseLine({ one, linked }: { one: CaseFacts; linked: boolean }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  const { number, kind, state, cardLast4, updatedAt } = one;
  return (
    <li className="case">
      <span className="card-head">
        <strong>
          {number && linked ? <a href={`#/review/${number}`}>{number}</a> : (number ?? t('caseDraft'))}
        </strong>
        <Tag color={CASE_COLORS[state] ?? 'default'}>{words.term('case-state', state)}</Tag>
      </span>
      <small>
        {words.term('case-kind', kind)}
        {cardLast4 && ` · ${t('cardEnding', { last4: cardLast4 })}`} · {moment(updatedAt, locale)}
      </small>
    </li>
  );
}

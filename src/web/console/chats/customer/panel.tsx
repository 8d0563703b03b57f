import { Alert, Button, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { mayDo } from '../../../../domain/staff.ts';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useFacts } from '../facts.ts';
import { useDeskState } from '../live/provider.tsx';
import type { Chat, ChatFacts, Standing } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { PastChat } from './past.tsx';
import { Card, CaseLine } from './records.tsx';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="facts-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Why there is nothing to see, in honest words; nothing where there is. */
function Absent({ standing, empty }: { standing: Standing; empty: boolean }) {
  const t = useChatTexts();
  if (standing === 'found') return empty ? <p className="facts-none">{t('noneKnown')}</p> : null;
  if (standing === 'unavailable') return <Alert type="warning" showIcon title={t('standing-unavailable')} />;
  return <p className="facts-none">{t(`standing-${standing}`)}</p>;
}

function Customer({ chat, customer }: { chat: Chat; customer: ChatFacts['customer'] }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { standing, nameMasked, phoneMasked, identityVerified } = customer;
  return (
    <Part title={t('customer')}>
      <Absent standing={standing} empty={false} />
      <dl>
        {nameMasked && <Fact name={t('name')}>{nameMasked}</Fact>}
        {phoneMasked && <Fact name={t('phone')}>{phoneMasked}</Fact>}
        {identityVerified !== undefined && (
          <Fact name={t('identity')}>
            <Tag color={identityVerified ? 'green' : 'orange'}>
              {t(identityVerified ? 'identityVerified' : 'identityOpen')}
            </Tag>
          </Fact>
        )}
        <Fact name={t('channel')}>{words.term('channel', chat.channel)}</Fact>
        <Fact name={t('language')}>{words.term('locale', chat.locale)}</Fact>
      </dl>
    </Part>
  );
}

function Past({ past, onOpen }: { past: Chat[]; onOpen(chat: Chat): void }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  if (past.length === 0) return <p className="facts-none">{t('pastNone')}</p>;
  return (
    <ul className="past">
      {past.map((chat) => (
        <li key={chat.id}>
          <Button type="link" className="past-open" onClick={() => onOpen(chat)}>
            {words.matter(chat)}
          </Button>
          <small>
            {moment(chat.requestedAt, locale)}
            {chat.agent && ` · ${chat.agent.number}`}
            {chat.wrapUp && ` · ${words.term('code', chat.wrapUp.code)}`}
            {chat.rating && ` · ${t('score', { score: chat.rating.score })}`}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Facts({ chat, facts }: { chat: Chat; facts: ChatFacts }) {
  const t = useChatTexts();
  const { snapshot } = useDeskState();
  const [past, setPast] = useState<Chat>();
  const { customer, cards, cases } = facts;
  const mayReview = mayDo(snapshot?.me.roles ?? [], 'review');
  return (
    <>
      <Customer chat={chat} customer={customer} />
      {chat.rating && (
        <Part title={t('rating')}>
          <p className="facts-none">{t('score', { score: chat.rating.score })}</p>
        </Part>
      )}
      <Part title={t('cards')}>
        <Absent standing={cards.standing} empty={cards.list.length === 0} />
        <ul className="cards">
          {cards.list.map((card) => (
            <Card key={card.id} card={card} named={card.last4 === chat.about?.cardLast4} />
          ))}
        </ul>
      </Part>
      <Part title={t('cases')}>
        {cases.length === 0 && <p className="facts-none">{t('casesNone')}</p>}
        <ul className="cards">
          {cases.map((one) => (
            <CaseLine key={one.id} one={one} linked={mayReview} />
          ))}
        </ul>
      </Part>
      <Part title={t('past')}>
        <Past past={facts.past} onOpen={setPast} />
      </Part>
      <PastChat chat={past} onClose={() => setPast(undefined)} />
    </>
  );
}

/** What is known about the customer of a chat, masked where it comes from. */
export function CustomerPanel({ chat }: { chat: Chat }) {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const { data, error, refetch } = useFacts(chat.id);
  if (data) return <Facts chat={chat} facts={data} />;
  if (!error) return <Skeleton active paragraph={{ rows: 8 }} className="facts-part" />;
  return (
    <Alert
      type="warning"
      showIcon
      title={errorText(error)}
      action={
        <Button size="small" onClick={() => void refetch()}>
          {t('tryAgain')}
        </Button>
      }
    />
  );
}

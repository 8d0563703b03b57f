import { Badge, Button, Empty } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useChatActions } from '../actions.ts';
import { Countdown, ReplyClock } from '../clock.tsx';
import { useFacts } from '../facts.ts';
import { useDesk, useDeskState } from '../live/provider.tsx';
import type { Chat, ChatMessage } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { ChatTags } from './tags.tsx';

/** The last words of a talk in one line. */
function usePreview() {
  const t = useChatTexts();
  return (messages: readonly ChatMessage[] = []): string => {
    const last = messages.findLast(({ kind }) => kind === 'text' || kind === 'files');
    if (!last) return '';
    if (last.recalled) return t('recalledShort');
    return last.text ?? t('fileShort', { name: last.files[0]?.name ?? '' });
  };
}

function Row(props: { chat: Chat; selected: boolean; name: string; end: ReactNode; children: ReactNode }) {
  const { chat, selected, name, end, children } = props;
  return (
    <Link
      href={`/${chat.id}`}
      className={`chat-row ${selected ? 'is-selected' : ''}`}
      aria-current={selected ? 'true' : undefined}
    >
      <span className="chat-row-head">
        <strong className="chat-row-name">{name}</strong>
        {end}
      </span>
      {children}
    </Link>
  );
}

function ActiveRow({ chat, selected }: { chat: Chat; selected: boolean }) {
  const t = useChatTexts();
  const words = useChatWords();
  const preview = usePreview();
  const room = useDesk().room(chat);
  const { data: facts } = useFacts(chat.id);
  const { groups = [] } = useDeskState().snapshot ?? {};
  const { log, typing, newNote, outgoing } = room.state;
  const unread = room.unread.length;
  const failed = outgoing.some(({ state }) => state === 'failed');
  const draft = room.draft.reply.trim();
  return (
    <Row
      chat={chat}
      selected={selected}
      name={`${words.customer(facts)} · ${words.matter(chat)}`}
      end={
        <Badge
          count={unread}
          size="small"
          title={t('unreadCount', { count: unread })}
          dot={unread === 0 && newNote}
        />
      }
    >
      <span className="chat-row-preview">
        {typing && <em>{t('typing')}</em>}
        {!typing && failed && <em className="is-bad">{t('sendFailedShort')}</em>}
        {!typing && !failed && !selected && draft && (
          <>
            <em className="is-draft">{t('draft')}</em> {draft}
          </>
        )}
        {!typing && !failed && (selected || !draft) && preview(log?.messages)}
      </span>
      <span className="chat-row-foot">
        <ChatTags chat={chat} groups={groups} />
        <ReplyClock chat={chat} />
      </span>
    </Row>
  );
}

function OfferRow({ chat, selected }: { chat: Chat; selected: boolean }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { claim } = useChatActions();
  const { groups = [] } = useDeskState().snapshot ?? {};
  return (
    <div className="chat-offer">
      <Row
        chat={chat}
        selected={selected}
        name={words.matter(chat)}
        end={chat.deadlines.accept && <Countdown until={chat.deadlines.accept} label={t('slaAccept')} />}
      >
        <span className="chat-row-foot">
          <ChatTags chat={chat} groups={groups} />
        </span>
      </Row>
      <Button type="primary" block onClick={() => void claim(chat.id)}>
        {t('acceptOffer')}
      </Button>
    </div>
  );
}

function EndedRow({ chat, selected }: { chat: Chat; selected: boolean }) {
  const words = useChatWords();
  const { locale } = useSpeech();
  const { data: facts } = useFacts(chat.id);
  return (
    <Row
      chat={chat}
      selected={selected}
      name={`${words.customer(facts)} · ${words.matter(chat)}`}
      end={<span className="chat-row-time">{chat.endedAt && moment(chat.endedAt, locale)}</span>}
    >
      <span className="chat-row-preview">
        {chat.wrapUp
          ? words.term('code', chat.wrapUp.code)
          : chat.endedAs && words.term('ended', chat.endedAs)}
      </span>
    </Row>
  );
}

/** What I am offered, what I have, and what I have just ended. */
export function MyChats({ selected }: { selected: string | undefined }) {
  const t = useChatTexts();
  const { snapshot, ended } = useDeskState();
  const chats = snapshot?.chats ?? [];
  const gone = ended.filter(({ id }) => !chats.some((chat) => chat.id === id));
  return (
    <section className="list-part" aria-label={t('mine')}>
      <h2 className="list-title">
        {t('mine')} <span className="list-count">{chats.length}</span>
      </h2>
      <div className="list-scroll">
        {chats.length === 0 && gone.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('mineEmpty')} />
        )}
        {chats.map((chat) => {
          const Kind = chat.state === 'active' ? ActiveRow : OfferRow;
          return <Kind key={chat.id} chat={chat} selected={chat.id === selected} />;
        })}
        {gone.length > 0 && <h3 className="list-subtitle">{t('justEnded')}</h3>}
        {gone.map((chat) => (
          <EndedRow key={chat.id} chat={chat} selected={chat.id === selected} />
        ))}
      </div>
    </section>
  );
}

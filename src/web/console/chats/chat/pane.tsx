import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Result, Spin } from 'antd';
import { useEffect } from 'react';
import { useChatActions } from '../actions.ts';
import { useFacts } from '../facts.ts';
import { useDesk, useDeskState, useRoomState } from '../live/provider.tsx';
import type { Room } from '../live/room.ts';
import type { Chat, ChatFacts } from '../model.ts';
import { mayReopen } from '../reopen.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { Composer } from './composer.tsx';
import { DeliveryNotice } from './delivery.tsx';
import { ChatHead } from './head.tsx';
import { Transcript } from './transcript.tsx';

/** The chat as the desk has it, else as it was read. */
export function useChat(chatId: string | undefined): Chat | undefined {
  const { snapshot, ended } = useDeskState();
  const { data } = useFacts(chatId);
  const { chats = [], queue = [], messages = [] } = snapshot ?? {};
  const live = [...chats, ...queue, ...messages, ...ended].find(({ id }) => id === chatId);
  return live ?? data?.chat;
}

/** In place of the composer: why nothing can be written, and what can be done instead. */
function NotWritable({ chat, room }: { chat: Chat; room: Room }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { claim, reopen } = useChatActions();
  const { lost } = useRoomState(room);
  if (lost && chat.state !== 'closed')
    return <Alert type="info" showIcon title={t('lost')} className="chat-foot" />;
  if (chat.state === 'queued' || chat.state === 'message')
    return (
      <div className="chat-foot">
        <span>{t(chat.state === 'queued' ? 'previewQueued' : 'previewMessage')}</span>
        <Button type="primary" onClick={() => void claim(chat.id)}>
          {t(chat.state === 'queued' ? 'claim' : 'answer')}
        </Button>
      </div>
    );
  if (chat.state === 'active') return <div className="chat-foot">{t('withColleague')}</div>;
  const { endedAs, wrapUp } = chat;
  return (
    <div className="chat-foot">
      <span>
        {endedAs ? words.term('ended', endedAs) : t('over')}
        {wrapUp && ` · ${words.term('code', wrapUp.code)}`}
      </span>
      {mayReopen(chat) && <Button onClick={() => void reopen(chat.id)}>{t('reopen')}</Button>}
    </div>
  );
}

function OpenChat(props: {
  chat: Chat;
  room: Room;
  facts: ChatFacts | undefined;
  onFacts?: (() => void) | undefined;
}) {
  const { chat, room, facts, onFacts } = props;
  const { snapshot } = useDeskState();
  const client = useQueryClient();
  const { lost } = useRoomState(room);
  if (!snapshot) return null;
  const { me } = snapshot;
  const isMine = chat.state === 'active' && chat.agent?.id === me.id && !lost;
  const noted = () => void client.invalidateQueries({ queryKey: ['chat', chat.id] });
  return (
    <>
      <ChatHead chat={chat} facts={facts} isMine={isMine} onFacts={onFacts} />
      {facts?.delivery && <DeliveryNotice chatId={chat.id} room={room} delivery={facts.delivery} />}
      <Transcript chat={chat} room={room} facts={facts} me={me} isMine={isMine} />
      {isMine ? (
        <Composer chat={chat} room={room} facts={facts} number={me.number} onNoted={noted} />
      ) : (
        <NotWritable chat={chat} room={room} />
      )}
    </>
  );
}

/** One chat: what was said, and writing in it where it is mine. */
export function ChatPane({ chatId, onFacts }: { chatId: string; onFacts?: (() => void) | undefined }) {
  const t = useChatTexts();
  const desk = useDesk();
  const errorText = useChatErrorText();
  const facts = useFacts(chatId);
  const chat = useChat(chatId);
  const room = chat && desk.room(chat);
  useEffect(() => {
    void room?.load();
  }, [room]);
  useEffect(() => () => desk.leave(chatId), [desk, chatId]);
  if (room && chat) return <OpenChat chat={chat} room={room} facts={facts.data} onFacts={onFacts} />;
  if (!facts.error) return <Spin className="chat-loading" />;
  return (
    <Result
      status="warning"
      title={errorText(facts.error)}
      extra={<Button onClick={() => void facts.refetch()}>{t('tryAgain')}</Button>}
    />
  );
}

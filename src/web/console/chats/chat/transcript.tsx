import { ArrowDownOutlined } from '@ant-design/icons';
import { App, Button, Result, Skeleton, Spin } from 'antd';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSpeech } from '../../texts.tsx';
import { dayOf } from '../../time.ts';
import { type Log, lastBotWords } from '../live/log.ts';
import { useRoomState } from '../live/provider.tsx';
import type { Room } from '../live/room.ts';
import type { Chat, ChatFacts } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { Bubble, OutgoingBubble } from './bubble.tsx';
import { Boundary, NoteLine, StatusLine, UndeliveredLine } from './marks.tsx';
import { type Item, timelineOf } from './timeline.ts';
import { useScroll } from './use-scroll.ts';

interface TranscriptProps {
  chat: Chat;
  room: Room;
  facts: ChatFacts | undefined;
  /** Whoever looks. */
  me: { id: string; number: string };
  /** It is mine to write in. */
  isMine: boolean;
}

function Talk({ chat, room, facts, me, isMine, log }: TranscriptProps & { log: Log }) {
  const t = useChatTexts();
  const words = useChatWords();
  const errorText = useChatErrorText();
  const { message: toast } = App.useApp();
  const { locale } = useSpeech();
  const list = useRef<HTMLDivElement>(null);
  const { outgoing, typing, loadingOlder, readByCustomer } = useRoomState(room);
  // As it was when the chat was opened: the divider stays where it is while one reads on.
  const [readSeq] = useState(() => (room.unread.length > 0 ? room.state.readSeq : undefined));
  const notes = facts?.notes;
  const { startSeq } = chat;

  const items = useMemo(() => {
    const { messages, more } = log;
    return timelineOf({ messages, notes: notes ?? [], outgoing, startSeq, reachesStart: !more, readSeq });
  }, [log, notes, outgoing, startSeq, readSeq]);
  const { away, toEnd } = useScroll(list, room, {
    first: String(log.from),
    last: items.at(-1)?.key,
    seen: () => room.seen(),
  });
  const said = outgoing.at(-1)?.clientId;
  useLayoutEffect(() => {
    // Whoever writes wants to see what they wrote, wherever they were reading.
    if (said) toEnd();
  }, [said, toEnd]);

  const failed = (error: unknown) => void toast.warning(errorText(error));
  const recall = (seq: number) => void room.recall(seq).catch(failed);

  function shown(item: Item): ReactNode {
    switch (item.kind) {
      case 'day':
        return <p className="day-line">{dayOf(item.at, locale)}</p>;
      case 'unread':
        return (
          <p className="unread-line" data-unread>
            <span>{t('newMessages')}</span>
          </p>
        );
      case 'boundary':
        return <Boundary chat={chat} asked={lastBotWords(log, startSeq)} />;
      case 'note':
        return <NoteLine note={item.note} me={me.id} />;
      case 'status':
        return <StatusLine state={item.state} message={item.message} at={item.at} />;
      case 'undelivered':
        return <UndeliveredLine {...item} />;
      case 'outgoing': {
        const { clientId } = item.outgoing;
        return (
          <OutgoingBubble
            outgoing={item.outgoing}
            onRetry={() => void room.resend(item.outgoing).catch(failed)}
            onDiscard={() => room.discard(clientId)}
          />
        );
      }
      case 'message':
        return (
          <Bubble
            chatId={chat.id}
            message={item.message}
            joined={item.joined}
            me={me.number}
            customer={words.customer(facts)}
            isRead={item.message.seq === read?.seq}
            onRecall={isMine ? recall : undefined}
          />
        );
    }
  }

  const read = log.messages.findLast(
    ({ seq, origin, kind }) => origin === 'agent' && kind !== 'recall' && seq <= readByCustomer,
  );
  const boundary = items.findIndex(({ kind }) => kind === 'boundary');
  const lines = items.map((item) => <div key={item.key}>{shown(item)}</div>);
  return (
    <div className="transcript-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keyboard */}
      <div className="transcript" ref={list} role="log" aria-label={t('transcript')} tabIndex={0}>
        {log.more && (
          <div className="transcript-older">
            {loadingOlder ? (
              <Spin size="small" />
            ) : (
              <Button size="small" type="link" onClick={() => void room.loadOlder().catch(failed)}>
                {t('older')}
              </Button>
            )}
          </div>
        )}
        {boundary > 0 && (
          <section className="transcript-bot" aria-label={t('botPart')}>
            <h3>{t('botPart')}</h3>
            {lines.slice(0, boundary)}
          </section>
        )}
        {lines.slice(Math.max(boundary, 0))}
      </div>
      <p className="typing-line" aria-live="polite">
        {typing && t('customerTypes')}
      </p>
      {away && (
        <Button className="transcript-down" shape="round" icon={<ArrowDownOutlined />} onClick={toEnd}>
          {t('newBelow')}
        </Button>
      )}
    </div>
  );
}

/** The whole talk: the bot's part clearly apart, then what people said, with notes among it. */
export function Transcript(props: TranscriptProps) {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const { room } = props;
  const { log, fault } = useRoomState(room);
  if (log) return <Talk {...props} log={log} />;
  if (fault === undefined) return <Skeleton active paragraph={{ rows: 8 }} className="transcript-waiting" />;
  return (
    <Result
      status="warning"
      title={errorText(fault)}
      extra={<Button onClick={() => void room.load()}>{t('tryAgain')}</Button>}
    />
  );
}

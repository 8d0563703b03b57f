import { PaperClipOutlined, RobotOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts.tsx';
import { clock, timeOfDay, useNow } from '../../time.ts';
import type { Outgoing } from '../live/room.ts';
import type { ChatMessage } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { Files, UploadAsked } from './files.tsx';

const RECALL_MS = 2 * 60_000;

function Words({ chatId, message }: { chatId: string; message: ChatMessage }): ReactNode {
  const t = useChatTexts();
  const { kind, text, slot, recalled } = message;
  if (kind === 'unreadable') return <em>{t('unreadable')}</em>;
  if (kind === 'upload-request')
    return (
      <>
        {text && <span className="bubble-text">{text}</span>}
        <UploadAsked slot={slot} />
      </>
    );
  return (
    <>
      {recalled && <em className="bubble-recalled">{t('recalled')}</em>}
      {text && <span className={`bubble-text ${recalled ? 'is-recalled' : ''}`}>{text}</span>}
      <Files chatId={chatId} message={message} />
    </>
  );
}

/** Taking back, as long as the server allows it. */
function RecallButton({ at, onRecall }: { at: string; onRecall(): void }) {
  const t = useChatTexts();
  const left = Date.parse(at) + RECALL_MS - useNow();
  if (left <= 0) return null;
  return (
    <Button size="small" type="link" onClick={onRecall}>
      {t('recall', { time: clock(left) })}
    </Button>
  );
}

/** One message of whoever: words are shown as they are, never as markup. */
export function Bubble(props: {
  chatId: string;
  message: ChatMessage;
  joined: boolean;
  /** 工号 of whoever looks. */
  me: string;
  customer: string;
  /** The last one that the customer has read. */
  isRead: boolean;
  onRecall: ((seq: number) => void) | undefined;
}) {
  const t = useChatTexts();
  const { locale } = useSpeech();
  const { chatId, message, joined, me, customer, isRead, onRecall } = props;
  const { seq, at, origin, from, kind, recalled, quickReplies } = message;
  const isMine = origin === 'agent' && from === me;
  const name = { customer, bot: t('bot'), agent: isMine ? t('me') : t('agentNamed', { number: from ?? '' }) }[
    origin
  ];
  return (
    <article
      className={`bubble-line is-${origin} ${isMine ? 'is-mine' : ''} ${joined ? 'is-joined' : ''}`}
      aria-label={`${name} ${timeOfDay(at, locale)}`}
    >
      {!joined && (
        <header className="bubble-head">
          {origin === 'bot' && <RobotOutlined aria-hidden />} {name}{' '}
          <time dateTime={at}>{timeOfDay(at, locale)}</time>
        </header>
      )}
      <div className="bubble">
        <Words chatId={chatId} message={message} />
      </div>
      {origin === 'bot' && quickReplies.length > 0 && (
        <div className="bubble-offers">
          {quickReplies.map((title) => (
            <span key={title}>{title}</span>
          ))}
        </div>
      )}
      <footer className="bubble-state">
        {isRead && t('read')}
        {isMine && (kind === 'text' || kind === 'files') && !recalled && onRecall && (
          <RecallButton at={at} onRecall={() => onRecall(seq)} />
        )}
      </footer>
    </article>
  );
}

/** My words that have not arrived yet, or could not. */
export function OutgoingBubble(props: { outgoing: Outgoing; onRetry(): void; onDiscard(): void }) {
  const t = useChatTexts();
  const { outgoing, onRetry, onDiscard } = props;
  const failed = outgoing.state === 'failed';
  return (
    <article className={`bubble-line is-agent is-mine ${failed ? 'is-failed' : 'is-sending'}`}>
      <div className="bubble">
        <span className="bubble-text">
          {outgoing.file && <PaperClipOutlined aria-hidden />} {outgoing.text}
        </span>
      </div>
      {outgoing.file && !failed && (
        <Progress
          className="file-progress"
          percent={Math.round((outgoing.share ?? 0) * 100)}
          size="small"
          aria-label={t('fileProgress', { name: outgoing.text })}
        />
      )}
      <footer className="bubble-state" role="status">
        {t(failed ? 'sendFailed' : 'sending')}
        {failed && (
          <>
            <Button size="small" type="link" onClick={onRetry}>
              {t('retry')}
            </Button>
            <Button size="small" type="link" danger onClick={onDiscard}>
              {t('discard')}
            </Button>
          </>
        )}
      </footer>
    </article>
  );
}

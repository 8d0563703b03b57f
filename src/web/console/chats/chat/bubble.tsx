import { FileOutlined, RobotOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts.tsx';
import { clock, timeOfDay, useNow } from '../../time.ts';
import type { Outgoing } from '../live/room.ts';
import type { ChatMessage } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

const RECALL_MS = 2 * 60_000;

function Files({ message: { files } }: { message: ChatMessage }) {
  const t = useChatTexts();
  return files.map(({ name, contentType }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: files of a message never change
    <span key={index} className="bubble-file">
      <FileOutlined aria-hidden /> {name || t('fileUnnamed')} <small>{contentType}</small>
    </span>
  ));
}

function Words({ message }: { message: ChatMessage }): ReactNode {
  const t = useChatTexts();
  const words = useChatWords();
  const { kind, text, slot, recalled } = message;
  if (kind === 'unreadable') return <em>{t('unreadable')}</em>;
  if (kind === 'upload-request')
    return (
      <>
        {text && <span className="bubble-text">{text}</span>}
        <span className="bubble-file">
          <FileOutlined aria-hidden /> {t('uploadAsked', { slot: slot ? words.term('slot', slot) : '' })}
        </span>
      </>
    );
  return (
    <>
      {recalled && <em className="bubble-recalled">{t('recalled')}</em>}
      {text && <span className={`bubble-text ${recalled ? 'is-recalled' : ''}`}>{text}</span>}
      <Files message={message} />
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
  message: ChatMessage;
  joined: boolean;
  /** 工号 of whoever looks. */
  me: string;
  customer: string;
  onRecall: ((seq: number) => void) | undefined;
}) {
  const t = useChatTexts();
  const { locale } = useSpeech();
  const { message, joined, me, customer, onRecall } = props;
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
        <Words message={message} />
      </div>
      {origin === 'bot' && quickReplies.length > 0 && (
        <div className="bubble-offers">
          {quickReplies.map((title) => (
            <span key={title}>{title}</span>
          ))}
        </div>
      )}
      {isMine && kind === 'text' && !recalled && onRecall && (
        <RecallButton at={at} onRecall={() => onRecall(seq)} />
      )}
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
        <span className="bubble-text">{outgoing.text}</span>
      </div>
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

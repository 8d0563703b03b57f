import { LockOutlined } from '@ant-design/icons';
import type { DeskNote } from '../../../../domain/desk.ts';
import { useSpeech } from '../../texts.tsx';
import { moment, timeOfDay } from '../../time.ts';
import type { Chat } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

/** Where the bot ended and people begin: what for, where it stopped, what the customer said. */
export function Boundary({ chat, asked }: { chat: Chat; asked: string | undefined }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  const { about, requestedAt } = chat;
  const card = about && [about.bank, about.cardLast4 && t('cardEnding', { last4: about.cardLast4 })];
  const causes = about?.causes.map((code) => words.term('cause', code)).join(t('listComma'));
  const rows = [
    [t('boundaryReason'), words.reason(chat)],
    [t('boundaryTopic'), words.topic(chat)],
    [t('boundaryQuestion'), chat.step ? asked : undefined],
    [t('boundaryCard'), card?.filter(Boolean).join(' ')],
    [t('boundaryCauses'), causes],
    [t('boundaryWords'), chat.words],
  ].filter(([, value]) => value);
  return (
    <section className="boundary" aria-label={t('boundary')}>
      <h3>
        {t('boundary')} <time dateTime={requestedAt}>{timeOfDay(requestedAt, locale)}</time>
      </h3>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** 内部备注: for colleagues only. */
export function NoteLine({ note, me }: { note: DeskNote; me: string }) {
  const t = useChatTexts();
  const { locale } = useSpeech();
  const { author, text, at, mentions } = note;
  return (
    <article className={`note-line ${mentions.includes(me) ? 'is-for-me' : ''}`}>
      <header>
        <LockOutlined aria-hidden /> {t('noteBy', { number: author.number, name: author.name })}{' '}
        <time dateTime={at}>{moment(at, locale)}</time>
        {mentions.includes(me) && <strong>{t('noteForMe')}</strong>}
      </header>
      <p>{text}</p>
    </article>
  );
}

/** That something above did not reach the customer. */
export function UndeliveredLine({ reason, at }: { reason: string; at: string }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  return (
    <p className="status-line is-undelivered">
      {t('undeliveredLine', { reason: words.term('undelivered', reason) })}{' '}
      <time dateTime={at}>{timeOfDay(at, locale)}</time>
    </p>
  );
}

/** Who came, and how it ended, as the log marks it. */
export function StatusLine({ state, message, at }: { state: string; message: string; at: string }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  const told =
    state === 'accepted' ? t('statusAccepted', { number: message }) : words.term('status', message);
  return (
    <p className="status-line">
      {told} <time dateTime={at}>{timeOfDay(at, locale)}</time>
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../texts.tsx';
import { moment, serverNow, timeOfDay } from '../../time.ts';
import { useChatActions } from '../actions.ts';
import { useDeskState } from '../live/provider.tsx';
import type { Chat } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

interface Transcript {
  lines: { seq: number; at: string; origin: 'customer' | 'bot' | 'agent'; from?: string; text: string }[];
}

const REOPEN_MS = 24 * 3_600_000;

function Lines({ chat }: { chat: Chat }) {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const { locale } = useSpeech();
  const { data, error, isPending } = useQuery({
    queryKey: ['transcript', chat.id],
    queryFn: ({ signal }) => api<Transcript>('GET', `/transcripts/${chat.id}`, undefined, signal),
    retry: false,
  });
  if (isPending) return <Skeleton active />;
  if (error) return <Alert type="info" showIcon title={errorText(error)} />;
  return data.lines.map(({ seq, at, origin, from, text }) => (
    <article key={seq} className={`bubble-line is-${origin}`}>
      <header className="bubble-head">
        {origin === 'agent'
          ? t('agentNamed', { number: from ?? '' })
          : t(origin === 'bot' ? 'bot' : 'visitor')}{' '}
        <time dateTime={at}>{timeOfDay(at, locale)}</time>
      </header>
      <div className="bubble">
        <span className="bubble-text">{text}</span>
      </div>
    </article>
  ));
}

/** A chat that is over, as it is kept. */
export function PastChat({ chat, onClose }: { chat: Chat | undefined; onClose(): void }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  const { snapshot } = useDeskState();
  const { reopen } = useChatActions();
  const isMine = chat?.agent?.id === snapshot?.me.id;
  const fresh = chat?.endedAt !== undefined && serverNow() - Date.parse(chat.endedAt) < REOPEN_MS;
  return (
    <Drawer
      open={chat !== undefined}
      onClose={onClose}
      size={520}
      destroyOnHidden
      title={chat && `${words.matter(chat)} · ${moment(chat.requestedAt, locale)}`}
      extra={
        chat?.state === 'closed' &&
        isMine &&
        fresh && (
          <Button
            onClick={() => {
              onClose();
              void reopen(chat.id);
            }}
          >
            {t('reopen')}
          </Button>
        )
      }
    >
      {chat?.wrapUp?.summary && <Alert type="info" title={t('summary')} description={chat.wrapUp.summary} />}
      {chat && <Lines chat={chat} />}
    </Drawer>
  );
}

import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { useChatActions } from '../actions.ts';
import { Waiting } from '../clock.tsx';
import { useDeskState } from '../live/provider.tsx';
import type { Chat, Group, QueuedChat } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { ChatTags } from './tags.tsx';

function WaitingRow(props: { chat: Chat | QueuedChat; groups: Group[]; selected: boolean; me: string }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { claim } = useChatActions();
  const [claiming, setClaiming] = useState(false);
  const { chat, groups, selected, me } = props;
  const { offeredTo } = chat;
  const isOthers = offeredTo !== undefined && offeredTo.id !== me;
  const matter = words.matter(chat);
  return (
    <div className={`queue-row ${selected ? 'is-selected' : ''}`}>
      <Link href={`/${chat.id}`} className="queue-row-text" aria-current={selected ? 'true' : undefined}>
        <span className="chat-row-head">
          <strong className="chat-row-name">
            {'position' in chat && <span className="queue-place">{chat.position}</span>}
            {matter}
          </strong>
          <Waiting since={chat.requestedAt} />
        </span>
        {chat.words && <span className="chat-row-preview">{chat.words}</span>}
        <span className="chat-row-foot">
          <ChatTags chat={chat} groups={groups} />
        </span>
      </Link>
      <Button
        size="small"
        loading={claiming}
        disabled={isOthers}
        title={isOthers ? t('offeredTo', { number: offeredTo.number, name: offeredTo.name }) : undefined}
        aria-label={t(chat.state === 'message' ? 'answerOne' : 'claimOne', { matter })}
        onClick={() => {
          setClaiming(true);
          void claim(chat.id).finally(() => setClaiming(false));
        }}
      >
        {t(chat.state === 'message' ? 'answer' : isOthers ? 'offered' : 'claim')}
      </Button>
    </div>
  );
}

/** Who waits for somebody, and messages left while the desk was closed. */
export function Queue({ selected }: { selected: string | undefined }) {
  const t = useChatTexts();
  const { snapshot } = useDeskState();
  const { takeNext } = useChatActions();
  const [part, setPart] = useState<'queue' | 'messages'>('queue');
  const [taking, setTaking] = useState(false);
  const { queue = [], messages = [], groups = [], me } = snapshot ?? {};
  // What I am offered stands above, among mine.
  const waiting = queue.filter(({ offeredTo }) => offeredTo === undefined || offeredTo.id !== me?.id);
  const list = part === 'queue' ? waiting : messages;
  return (
    <section className="list-part" aria-label={t('waiting')}>
      <div className="list-bar">
        <Segmented
          size="small"
          aria-label={t('waiting')}
          value={part}
          onChange={setPart}
          options={[
            { value: 'queue', label: `${t('queue')} ${waiting.length}` },
            { value: 'messages', label: `${t('messages')} ${messages.length}` },
          ]}
        />
        {part === 'queue' && (
          <Button
            size="small"
            type="primary"
            loading={taking}
            disabled={queue.length === 0}
            onClick={() => {
              setTaking(true);
              void takeNext().finally(() => setTaking(false));
            }}
          >
            {t('takeNext')}
          </Button>
        )}
      </div>
      <div className="list-scroll">
        {list.length === 0 && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(part === 'queue' ? 'queueEmpty' : 'messagesEmpty')}
          />
        )}
        {list.map((chat) => (
          <WaitingRow
            key={chat.id}
            chat={chat}
            groups={groups}
            selected={chat.id === selected}
            me={me?.id ?? ''}
          />
        ))}
      </div>
    </section>
  );
}

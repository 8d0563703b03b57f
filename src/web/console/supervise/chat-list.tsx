import { Button, Empty, Space, Tag } from 'antd';
import { ReplyClock, Waiting } from '../chats/clock.tsx';
import { ChatTags } from '../chats/list/tags.tsx';
import type { Chat, Group } from '../chats/model.ts';
import { useChatTexts } from '../chats/texts.ts';
import { useChatWords } from '../chats/words.ts';
import { useSuperviseTexts } from './texts.ts';

export interface Steps {
  open(chatId: string): void;
  takeOver(chat: Chat): void;
  reassign(chat: Chat): void;
}

/** Whoever has the nearest deadline is first; without one, whoever came first. */
function byUrgency(one: Chat, other: Chat): number {
  const until = ({ deadlines, requestedAt }: Chat) =>
    deadlines.firstReply ?? deadlines.nextReply ?? `9${requestedAt}`;
  return until(one).localeCompare(until(other));
}

function Row(props: { chat: Chat; groups: Group[]; me: string; steps: Steps }) {
  const t = useSuperviseTexts();
  const chatText = useChatTexts();
  const words = useChatWords();
  const { chat, groups, me, steps } = props;
  const { id, agent, offeredTo, state, requestedAt, acceptedAt, breaches } = chat;
  const matter = words.matter(chat);
  const isMine = state === 'active' && agent?.id === me;
  return (
    <li className="floor-chat">
      <div className="floor-chat-text">
        <button type="button" className="floor-link" onClick={() => steps.open(id)}>
          {'position' in chat && <span className="queue-place">{String(chat.position)}</span>}
          {matter}
        </button>
        <ChatTags chat={chat} groups={groups} />
        {chat.words && <span className="floor-chat-words">{chat.words}</span>}
      </div>
      <div className="floor-chat-times">
        <strong>
          {state === 'active' && agent && `${agent.number} ${agent.name}`}
          {state === 'queued' && offeredTo && chatText('offeredTo', { ...offeredTo })}
          {state === 'queued' && !offeredTo && t('inQueue')}
        </strong>
        <span>
          {t(state === 'active' ? 'since' : 'waitingSince')}{' '}
          <Waiting since={state === 'active' ? (acceptedAt ?? requestedAt) : requestedAt} />
        </span>
        <ReplyClock chat={chat} />
        {breaches.length > 0 && <Tag color="red">{t('breaches', { count: breaches.length })}</Tag>}
      </div>
      <Space className="floor-chat-steps">
        <Button size="small" aria-label={`${t('monitor')}: ${matter}`} onClick={() => steps.open(id)}>
          {t('monitor')}
        </Button>
        {!isMine && (
          <Button
            size="small"
            aria-label={`${t('takeOver')}: ${matter}`}
            onClick={() => steps.takeOver(chat)}
          >
            {t('takeOver')}
          </Button>
        )}
        <Button
          size="small"
          aria-label={`${chatText('reassign')}: ${matter}`}
          onClick={() => steps.reassign(chat)}
        >
          {chatText('reassign')}
        </Button>
      </Space>
    </li>
  );
}

/** Chats of one kind, the most urgent first; the queue in its own order. */
export function ChatList(props: {
  chats: Chat[];
  inQueue?: boolean;
  groups: Group[];
  me: string;
  empty: string;
  steps: Steps;
}) {
  const { chats, inQueue = false, groups, me, empty, steps } = props;
  if (chats.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />;
  const sorted = inQueue ? chats : [...chats].sort(byUrgency);
  return (
    <ul className="floor-chats">
      {sorted.map((chat) => (
        <Row key={chat.id} {...{ chat, groups, me, steps }} />
      ))}
    </ul>
  );
}

import { Empty, Progress } from 'antd';
import type { AgentAtDesk } from '../../../domain/desk.ts';
import type { Presence } from '../../../domain/staff.ts';
import { Waiting } from '../chats/clock.tsx';
import type { Chat } from '../chats/model.ts';
import { useChatTexts } from '../chats/texts.ts';
import { useChatWords } from '../chats/words.ts';
import type { Floor } from './data.ts';
import { useSuperviseTexts } from './texts.ts';

const ORDER: readonly Presence[] = ['online', 'busy', 'break', 'offline'];

function Agent(props: { agent: AgentAtDesk; chats: Chat[]; floor: Floor; onOpen(chatId: string): void }) {
  const t = useSuperviseTexts();
  const chat = useChatTexts();
  const words = useChatWords();
  const { agent, chats, floor, onOpen } = props;
  const { number, name, presence, since, active, offered, capacity, groups, skills } = agent;
  const load = active + offered;
  return (
    <li className={`floor-agent presence-option is-${presence}`}>
      <div className="floor-agent-head">
        <span className="presence-dot" aria-hidden />
        <strong>
          {number} {name}
        </strong>
        <span className="floor-agent-presence">
          {chat(`presence-${presence}`)}
          {since && presence !== 'offline' && (
            <>
              {' '}
              <Waiting since={since} />
            </>
          )}
        </span>
        <span className={`floor-load ${load >= capacity ? 'is-full' : ''}`}>{`${load}/${capacity}`}</span>
      </div>
      {presence !== 'offline' && (
        <Progress
          aria-label={t('load', { name })}
          percent={Math.min(100, (load / capacity) * 100)}
          showInfo={false}
          size="small"
          status={load >= capacity ? 'exception' : 'normal'}
        />
      )}
      <p className="floor-agent-groups">
        {[...groups.map((id) => words.group(floor.groups, id)), ...skills].join(' · ') || t('noGroups')}
      </p>
      {chats.length > 0 && (
        <ul className="floor-agent-chats">
          {chats.map((it) => (
            <li key={it.id}>
              <button type="button" className="floor-link" onClick={() => onOpen(it.id)}>
                {words.matter(it)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Who is there, how busy, and with what. */
export function Agents({ floor, onOpen }: { floor: Floor; onOpen(chatId: string): void }) {
  const t = useSuperviseTexts();
  const { agents, chats } = floor;
  if (agents.length === 0) return <Empty description={t('agentsNone')} />;
  const sorted = [...agents].sort(
    (one, other) =>
      ORDER.indexOf(one.presence) - ORDER.indexOf(other.presence) || one.number.localeCompare(other.number),
  );
  return (
    <ul className="floor-agents">
      {sorted.map((agent) => (
        <Agent
          key={agent.id}
          {...{ agent, floor, onOpen }}
          chats={chats.filter((it) => it.agent?.id === agent.id)}
        />
      ))}
    </ul>
  );
}

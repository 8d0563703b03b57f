import { Tag } from 'antd';
import type { Chat, Group } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

const PRIORITY = {
  0: { color: 'red', key: 'priority-0' },
  1: { color: 'orange', key: 'priority-1' },
} as const;

/** What routes a chat: priority, group, language, whether it has come back. */
export function ChatTags({ chat, groups }: { chat: Chat; groups: Group[] }) {
  const t = useChatTexts();
  const words = useChatWords();
  const priority = chat.priority === 2 ? undefined : PRIORITY[chat.priority];
  return (
    <span className="chat-tags">
      {priority && <Tag color={priority.color}>{t(priority.key)}</Tag>}
      {chat.returned && <Tag color="purple">{t('cameBack')}</Tag>}
      {chat.reopens && <Tag color="blue">{t('reopened')}</Tag>}
      <Tag>{words.group(groups, chat.group)}</Tag>
      {chat.locale !== 'zh-CN' && <Tag>{words.term('locale', chat.locale)}</Tag>}
      {chat.channel !== 'directline' && <Tag>{words.term('channel', chat.channel)}</Tag>}
    </span>
  );
}

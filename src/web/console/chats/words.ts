import type { Chat, ChatFacts, Group } from './model.ts';
import { useChatTexts, useTerm } from './texts.ts';

type Matter = Pick<Chat, 'reason' | 'topic'>;

/** What a chat and its parts are called. */
export function useChatWords() {
  const t = useChatTexts();
  const term = useTerm();
  const topic = (chat: Matter) => (chat.topic ? term('topic', chat.topic) : undefined);
  /** A reason is an intent, a finding, or words of the bot's own for staff, perhaps with a case number. */
  const reason = ({ reason: said }: Matter) =>
    said?.replace(/^[a-z_-]+/, (code) => {
      const known = term('reason', code);
      return known === code ? term('topic', code) : known;
    });
  return {
    topic,
    reason,
    /** What it is about, in few words: that a person was asked for is no matter. */
    matter: (chat: Matter) =>
      (chat.reason === 'human_agent' ? topic(chat) : undefined) ??
      reason(chat) ??
      topic(chat) ??
      t('matterUnknown'),
    customer: (facts: ChatFacts | undefined) => facts?.customer.nameMasked ?? t('visitor'),
    group: (groups: Group[], id: string) => groups.find((it) => it.id === id)?.name ?? id,
    term,
  };
}

import type { Chat, ChatMessage, News, Snapshot } from '../../../../src/web/console/chats/model.ts';

export const ME = 'a0000000-0000-4000-8000-000000000001';
const AT = '2026-11-23T08:00:00.000Z';

export function chat(id: string, more: Partial<Chat> = {}): Chat {
  return {
    ...{ id, conversationId: `talk-${id}`, channel: 'directline', locale: 'zh-CN', group: 'default' },
    ...{
      skills: [],
      priority: 2,
      state: 'queued',
      requestedAt: AT,
      queuedAt: AT,
      slaFrom: AT,
      returned: false,
    },
    ...{ breaches: [], startSeq: 1, version: 1, deadlines: {} },
    ...more,
  };
}

const colleague = { id: ME, number: 'A01', name: '小林' };

/** A chat that I have. */
export const mine = (id: string, more: Partial<Chat> = {}): Chat =>
  chat(id, { state: 'active', agent: colleague, acceptedAt: AT, ...more });

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    ...{ seq: 1, now: AT, chats: [], queue: [], messages: [], colleagues: [], groups: [] },
    me: {
      ...colleague,
      ...{ roles: ['agent'], groups: ['default'], skills: [], capacity: 5 },
      ...{ presence: 'online', active: 0, offered: 0 },
    },
    ...more,
  };
}

let seq = 100;

export function news(type: News['type'], of: Chat | string, more: Partial<News> = {}): News {
  const about = typeof of === 'string' ? { handoffId: of } : { handoffId: of.id, handoff: of };
  return { seq: ++seq, at: AT, type, actor: 'system', data: {}, ...about, ...more };
}

export function said(
  at: number,
  origin: ChatMessage['origin'],
  more: Partial<ChatMessage> = {},
): ChatMessage {
  return {
    ...{ seq: at, at: new Date(Date.parse(AT) + at * 1000).toISOString(), origin, kind: 'text' },
    ...{ text: `${origin} ${at}`, recalled: false, files: [], quickReplies: [] },
    ...more,
  };
}

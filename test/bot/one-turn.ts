import type { RunTurn } from '../../src/conversation/runner.ts';
import type { BotState, Claim, Lost, NewActivity, PendingMessage } from '../../src/conversation/store.ts';
import type { Mode } from '../../src/domain/conversation.ts';

const CONVERSATION = 'turn-test';
export const MESSAGE_ID = `${CONVERSATION}|0000007`;

/** What a message is said in. */
export interface Said {
  state?: BotState;
  mode?: Mode;
  attempts?: number;
  system?: boolean;
  lost?: readonly Lost[];
  unreadable?: boolean;
}

function messageOf(
  activity: NewActivity,
  { attempts = 1, system = false, unreadable }: Said,
): PendingMessage {
  const origin = system ? 'system' : 'customer';
  const entry = { seq: 7, origin, attempts, activity: { ...activity, id: MESSAGE_ID } } as const;
  return unreadable ? { ...entry, unreadable } : entry;
}

function claimOf(message: PendingMessage, { state = {}, mode = 'bot', lost }: Said): Claim {
  return {
    conversation: {
      id: CONVERSATION,
      channel: 'directline',
      userId: 'dl_test',
      customerId: 'happy',
      locale: 'zh-CN',
    },
    fence: 1,
    mode,
    state,
    messages: [message],
    leaseMs: 60_000,
    ...(lost && { lost }),
  };
}

/** One message to the bot on a state of its own, without a store. */
export function run(turn: RunTurn, activity: NewActivity, said: Said = {}) {
  const message = messageOf(activity, said);
  return turn(claimOf(message, said), message);
}

export const saying = (text: string): NewActivity => ({ type: 'message', text });
export const keysOf = (replies: NewActivity[]) => replies.map((reply) => reply.channelData?.key);

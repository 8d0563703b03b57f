import type { DeskState } from './opening-hours.ts';
import type { BlockerCode } from './platform.ts';

/**
 * 转人工的状态. `queued`: waits for a person, perhaps offered to one; `active`: a person has it; `message`: 留言, to
 * be answered later; `closed`: a person has ended it; `left`: the customer went away first.
 */
export const HANDOFF_STATES = ['queued', 'active', 'message', 'closed', 'left'] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

/** 优先级: 0 fraud, 1 complaint, 2 anything else. */
export type Priority = 0 | 1 | 2;

/** 小结代码: how a talk was ended, chosen by the agent. */
export const WRAP_UP_CODES = [
  'solved',
  'explained',
  'case-opened',
  'bank-side',
  'follow-up',
  'customer-silent',
  'misdirected',
  'abusive',
] as const;
export type WrapUpCode = (typeof WRAP_UP_CODES)[number];

/** What a customer was not content with. */
export const RATING_REASONS = ['waited', 'not-solved', 'unclear', 'attitude'] as const;
export type RatingReason = (typeof RATING_REASONS)[number];

export interface Rating {
  /** 1 (bad) … 5 (good). */
  score: number;
  reasons: RatingReason[];
}

/** 服务时限: clocks that the desk is measured by. */
export const SLA_CLOCKS = ['first-reply', 'next-reply', 'resolution'] as const;
export type SlaClock = (typeof SLA_CLOCKS)[number];

/** From when to when somebody is called. */
export interface MinuteRange {
  from: number;
  to: number;
}

/** 排队情况 */
export interface Standing {
  /** 1 = next; rounded up to steps beyond ten. */
  position: number;
  /** `null`: too little is known to say. */
  etaMinutes: MinuteRange | null;
  /** Somebody who can take it is online. */
  staffed: boolean;
}

/** What routes a hand-off. */
export interface HandoffWish {
  /** Intent or finding that led to it. */
  reason?: string | undefined;
  /** The topic the customer was in. */
  topic?: string | undefined;
  locale: string;
}

/** A customer's wish for a person, and what the bot knows about it. */
export interface NewHandoff extends HandoffWish {
  conversationId: string;
  channel: string;
  customerId?: string | undefined;
  /** Sequence number in the log of the message that asked for it. */
  seq: number;
  /** Text key of the question that was open. */
  step?: string | undefined;
  /** The customer's words, masked. */
  words?: string | undefined;
  /** What the diagnosis has found. */
  about?: HandoffMatter | undefined;
}

export interface HandoffMatter {
  bank?: string | undefined;
  cardLast4?: string | undefined;
  /** What still stands in the way. */
  causes: BlockerCode[];
}

/** The hand-off of a conversation that is not over, as its customer may know it. */
export type OpenHandoff =
  /** `seq`: of the message that asked for it. */
  | { id: string; state: 'queued'; seq: number; standing: Standing }
  /** 工号 of who has it. */
  | { id: string; state: 'active'; number: string }
  | { id: string; state: 'message' };

/** `self-service`: goes on with the bot; `cancelled`: needs nobody any more. */
export type LeaveCause = 'cancelled' | 'self-service';

/**
 * What became of a customer's step out of the queue. `taken`: a person was quicker and has it; the conversation
 * hears of that by itself. `over`: it has ended already.
 */
export type QueueExit = 'done' | 'taken' | 'over';

/** Whether people in the customer's own app, who have its talks instead of the desk, can take one now. */
export type Elsewhere = 'there' | 'away';

/** Port for dialogs. Whatever it writes may be written again by a turn that runs twice, and changes nothing then. */
export interface Handoffs {
  /** Whether the people for such a wish are at work now. */
  desk(wish: HandoffWish): Promise<DeskState>;
  /**
   * A place in the queue. What the conversation has open already is returned as it is, but a message left is
   * put into the queue.
   */
  request(handoff: NewHandoff, idempotencyKey: string): Promise<OpenHandoff>;
  /** 留言 without waiting. What is open already gets the words added. */
  leaveMessage(handoff: NewHandoff, idempotencyKey: string): Promise<OpenHandoff>;
  open(conversationId: string): Promise<OpenHandoff | undefined>;
  /** Undefined, as where this is absent: the desk has the conversation's talks. */
  elsewhere?(conversationId: string): Promise<Elsewhere | undefined>;
  /** Adds words for whoever will answer. */
  addWords(handoffId: string, words: string): Promise<void>;
  /** From the queue to a message. */
  toMessage(handoffId: string): Promise<QueueExit>;
  leave(handoffId: string, cause: LeaveCause): Promise<QueueExit>;
  /** Starts the clock for the agent's next reply. */
  customerWrote(conversationId: string): Promise<void>;
  rate(handoffId: string, rating: Rating): Promise<void>;
  /** Where in the log the human stretch ends; from then on it is archived. */
  markEnd(handoffId: string, seq: number): Promise<void>;
}

/** Name of the internal event that tells a conversation its hand-off moved. */
export const HANDOFF_CHANGED = 'unbind.handoff.changed';

/** Why a chat is back in the queue. */
export type RequeueCause = 'agent-gone' | 'agent-silent' | 'agent-left' | 'transferred' | 'reassigned';
/** Why a message is offered instead of waiting. */
export type MessageCause = 'long' | 'nobody' | 'closing';

export type HandoffChange =
  /** `reply`: the answer to a message; `again`: another person than before. */
  | { kind: 'accepted'; number: string; how: 'first' | 'again' | 'reply' }
  | { kind: 'position'; position: number; etaMinutes: MinuteRange | null }
  | { kind: 'waiting-long' }
  /** `opensAt`: ISO-8601, when people are there again. */
  | { kind: 'offer-message'; cause: MessageCause; opensAt?: string }
  | { kind: 'requeued'; cause: RequeueCause; standing: Standing }
  | { kind: 'returned' }
  /** `summary`: what the agent writes to the customer about what was done. */
  | { kind: 'closed'; summary?: string };

/** What a conversation is told. */
export interface HandoffChanged {
  handoffId: string;
  change: HandoffChange;
}

/** Name of the passing event that tells how far somebody has read: `{ seq }`. */
export const READ_EVENT = 'unbind.read';

/** Bot Framework's names of hand-off events, and ours for the queue. */
export const HANDOFF_INITIATE = 'handoff.initiate';
export const HANDOFF_STATUS = 'handoff.status';
export const HANDOFF_QUEUE = 'handoff.queue';

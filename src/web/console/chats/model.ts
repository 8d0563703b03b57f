import type { DeliveryWait } from '../../../domain/delivery.ts';
import type { AgentAtDesk, DeskEvent, DeskNote, Handoff, QueuedHandoff } from '../../../domain/desk.ts';

/** Until when a chat has to be served, ISO-8601; absent where there is nothing to keep. */
export interface Deadlines {
  firstReply?: string;
  nextReply?: string;
  resolution?: string;
  /** Of an offer. */
  accept?: string;
  /** Until when a closed one can be opened again. */
  reopen?: string;
}

export type Chat = Handoff & { deadlines: Deadlines };
export type QueuedChat = QueuedHandoff & { deadlines: Deadlines };

export interface Group {
  id: string;
  name: string;
  active: boolean;
}

/** Channels whose customers get files; the server has the last word. */
const FILE_CHANNELS = ['directline', 'wechat-oa', 'wechat-mp', 'wecom-kf'];
export const getsFiles = (channel: string): boolean =>
  FILE_CHANNELS.includes(channel) || channel.startsWith('azure-');

/** The desk as one member sees it; `seq` is the number of the last event that it holds. */
export interface Snapshot {
  seq: number;
  /** The server's clock, ISO-8601. */
  now: string;
  me: AgentAtDesk;
  /** What I have or am offered. */
  chats: Chat[];
  queue: QueuedChat[];
  /** 留言 */
  messages: Chat[];
  colleagues: AgentAtDesk[];
  groups: Group[];
}

/** An event of the desk, with its chat as far as I may see it. */
export type News = DeskEvent & { handoff?: Chat };

/** What was sent: a file of the chat itself has an id, a document of a case is looked at in the review. */
export interface SentFile {
  name: string;
  contentType: string;
  id?: string;
  sizeBytes?: number;
  width?: number;
  height?: number;
}

/** One line of a conversation. */
export interface ChatMessage {
  seq: number;
  at: string;
  origin: 'customer' | 'bot' | 'agent';
  kind: 'text' | 'files' | 'upload-request' | 'recall' | 'event' | 'unreadable';
  text?: string;
  /** 工号 */
  from?: string;
  clientId?: string;
  recalled: boolean;
  recalls?: number;
  slot?: string;
  files: SentFile[];
  quickReplies: string[];
  event?: { name: string; value?: unknown };
}

/** A part of the log: ask before `from` or after `to` for more. */
export interface MessagePage {
  messages: ChatMessage[];
  from: number;
  to: number;
  more: boolean;
}

export type Standing = 'found' | 'not-found' | 'unavailable' | 'anonymous' | 'over';

export interface CardFacts {
  id: string;
  bank: string;
  last4: string;
  type: 'credit' | 'debit';
  status: 'bound' | 'unbinding' | 'unbound';
  boundAt: string;
  eligible?: boolean;
  blockers: { code: string }[];
}

export interface CaseFacts {
  id: string;
  number?: string;
  kind: string;
  state: string;
  cardLast4?: string;
  submittedAt?: string;
  updatedAt: string;
}

/** Where what is said stands with a customer in a messaging app. */
export interface DeliveryFacts {
  waits?: DeliveryWait;
  sentSeq: number;
  /** Messages that the customer's last one still allows, until `windowUntil`. */
  remaining: number;
  windowUntil: string;
  undelivered: { seq: number; after: number; to: number; reason: string; at: string }[];
}

/** A chat with what is known about its customer. */
export interface ChatFacts {
  chat: Chat;
  customer: { standing: Standing; nameMasked?: string; phoneMasked?: string; identityVerified?: boolean };
  cards: { standing: Standing; list: CardFacts[] };
  cases: CaseFacts[];
  past: Chat[];
  notes: DeskNote[];
  delivery?: DeliveryFacts;
}

/** What the live socket tells. */
export type Frame =
  | { type: 'desk'; seq: number; events: News[] }
  | { type: 'chat'; chatId: string; messages: ChatMessage[]; seq: number }
  | { type: 'typing'; chatId: string; from: 'customer' | 'bot' | 'agent'; number?: string }
  | { type: 'read'; chatId: string; from: 'customer' | 'agent'; number?: string; seq: number }
  | { type: 'unwatched'; chatId: string }
  | { type: 'reset'; seq: number };

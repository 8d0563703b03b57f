import type {
  HandoffMatter,
  HandoffState,
  MinuteRange,
  Priority,
  Rating,
  SlaClock,
  WrapUpCode,
} from './handoff.ts';
import type { OpeningHours } from './opening-hours.ts';
import type { Presence, Role } from './staff.ts';

/** 服务时限 (SLA): what the desk promises itself. */
export interface ServiceTargets {
  /** An agent's first reply after the request, the next one after a message, the end after the request. */
  firstReplySeconds: number;
  nextReplySeconds: number;
  resolutionMinutes: number;
}

/** 技能组 */
export interface DeskGroup {
  id: string;
  name: string;
  /** What goes here: reasons or topics, and languages. */
  routes: { about: string[]; locales: string[] };
  /** Own hours; absent = those of the desk. */
  hours?: OpeningHours | undefined;
  /** Own targets; absent = those of the desk. */
  targets?: ServiceTargets | undefined;
  /** The queue offers chats by itself; otherwise agents choose. */
  autoAssign: boolean;
  active: boolean;
  /** Groups are asked in this order. */
  place: number;
  version: number;
}

/** 客服设置: what supervisors change while the desk runs. */
export interface DeskSettings extends ServiceTargets {
  hours: OpeningHours;
  /** An offered chat has to be accepted within this time. */
  acceptSeconds: number;
  /** A customer who waits longer for a reply goes to somebody else. */
  silentSeconds: number;
  /** Apology after this wait, and again a message offered after the longer one. */
  apologySeconds: number;
  messageSeconds: number;
  /** A closed chat can be opened again this long. */
  reopenHours: number;
}

/** What holds until somebody at the desk changes it. */
export const USUAL_TIMES: Omit<DeskSettings, 'hours'> = {
  firstReplySeconds: 120,
  nextReplySeconds: 180,
  resolutionMinutes: 60,
  acceptSeconds: 30,
  silentSeconds: 300,
  apologySeconds: 180,
  messageSeconds: 600,
  reopenHours: 24,
};

/** Whom a chat belongs to or is offered to, as colleagues see them. */
export interface StaffName {
  id: string;
  number: string;
  name: string;
}

/** 转人工, as the desk sees it. Times are ISO-8601 UTC. */
export interface Handoff {
  id: string;
  conversationId: string;
  channel: string;
  customerId?: string | undefined;
  locale: string;
  group: string;
  skills: string[];
  priority: Priority;
  state: HandoffState;
  reason?: string | undefined;
  /** Where the bot stopped: topic, and text key of its open question. */
  topic?: string | undefined;
  step?: string | undefined;
  words?: string | undefined;
  about?: HandoffMatter | undefined;
  requestedAt: string;
  /** Since when it is in the queue, or was before somebody took it. */
  queuedAt: string;
  /** It is back from a person who could not go on, ahead of everybody of its priority. */
  returned: boolean;
  offeredTo?: StaffName | undefined;
  offeredAt?: string | undefined;
  /** Who has it, or had it last. */
  agent?: StaffName | undefined;
  acceptedAt?: string | undefined;
  /** Service times run from here. */
  slaFrom: string;
  firstReplyAt?: string | undefined;
  lastReplyAt?: string | undefined;
  /** The oldest message of the customer that nobody has replied to. */
  waitingSince?: string | undefined;
  endedAt?: string | undefined;
  /** `returned`: to the bot; `cancelled`, `self-service`: by the customer in the queue. */
  endedAs?: 'closed' | 'returned' | 'cancelled' | 'self-service' | undefined;
  wrapUp?: { code: WrapUpCode; summary?: string | undefined } | undefined;
  rating?: Rating | undefined;
  breaches: SlaClock[];
  /** The hand-off that this one goes on with. */
  reopens?: string | undefined;
  /** Log of the conversation from here … to here, once it has ended. */
  startSeq: number;
  endSeq?: number | undefined;
  /** Grows by one with each change. */
  version: number;
}

/** A queued hand-off with its place. */
export interface QueuedHandoff extends Handoff {
  position: number;
  etaMinutes: MinuteRange | null;
}

/** Somebody at the desk and what they are busy with. */
export interface AgentAtDesk extends StaffName {
  roles: Role[];
  groups: string[];
  skills: string[];
  capacity: number;
  presence: Presence;
  /** ISO-8601: since when. */
  since?: string | undefined;
  active: number;
  offered: number;
}

/** 内部备注 */
export interface DeskNote {
  id: string;
  handoffId: string;
  conversationId: string;
  author: StaffName;
  text: string;
  /** Staff ids that it calls. */
  mentions: string[];
  at: string;
}

export const DESK_EVENTS = [
  'queued',
  'offered',
  'offer-missed',
  'accepted',
  'requeued',
  'transferred',
  'message',
  'left',
  'closed',
  'returned',
  'rated',
  'noted',
  'waiting',
  'replied',
  'sla-breached',
  'presence',
  'settings',
] as const;
export type DeskEventType = (typeof DESK_EVENTS)[number];

/** One thing that happened at the desk; what live sockets resume from. Holds nothing that was said. */
export interface DeskEvent {
  /** From 1, without gaps, in the order of the commits. */
  seq: number;
  at: string;
  type: DeskEventType;
  handoffId?: string | undefined;
  conversationId?: string | undefined;
  group?: string | undefined;
  /** Whom it concerns: who has the chat, or whose presence it is. */
  staffId?: string | undefined;
  /** `staff:<id>`, `customer` or `system`. */
  actor: string;
  data: Record<string, string | number | boolean | null>;
}

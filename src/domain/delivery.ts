/** Where the delivery of one conversation to its messaging app stands. */
export interface Delivery {
  conversationId: string;
  channel: string;
  userId: string;
  /** Everything in the log up to this sequence number is delivered or given up. */
  sentSeq: number;
  /** What is being sent reaches up to here; kept, so that after a crash the same messages are made of it again. */
  batchTo: number | undefined;
  /** Messages of it that are sent. */
  batchPart: number;
  /** Tries of the next message that went wrong; the worker adds to them what it has to know of these. 0: none. */
  attempts: number;
  /** Messages that the customer's last one still allows, until `windowUntil` (epoch ms). */
  remaining: number;
  windowUntil: number;
  /** What the channel needs to reach the customer besides, as it was with their last message. */
  address?: string | undefined;
}

/** What has become of one message, or of all of a batch. */
export interface DeliveryStep {
  sentSeq?: number;
  /** Null: nothing is being sent. */
  batchTo?: number | null;
  batchPart?: number;
  attempts?: number;
  /** One of those that the customer allows is used. */
  counted?: boolean;
}

/** Why nothing is sent though there is something: for staff and operators. */
export const DELIVERY_WAITS = [
  /** Until the customer writes again. */
  'window-closed',
  /** The customer cannot be reached any more. */
  'customer-gone',
  /** The account has to be set up at the platform. */
  'not-configured',
  /** The talk is with a person in the app's own desk. */
  'with-person',
  'retry',
] as const;
export type DeliveryWait = (typeof DELIVERY_WAITS)[number];

/** A stretch of a conversation's log: from behind `after` up to `to`. */
export interface Stretch {
  after: number;
  to: number;
}

/** Name of the event in the log that tells that what is in a stretch of it did not reach the customer. */
export const UNDELIVERED = 'unbind.delivery.failed';
/** Why, in one word of ours or the platform's, and its number for it; safe to log. */
export interface UndeliveredCause {
  reason: string;
  code?: number | undefined;
}
/** Name of the event that tells what a supervisor has done about those events: `{ seqs, how, by }`. */
export const UNDELIVERED_SETTLED = 'unbind.delivery.settled';
export type Settlement = 'retried' | 'dropped';

/** Where a delivery stands, as staff may know it. */
export interface DeliveryStanding {
  /** Absent: nothing is left, or it is on its way. */
  waits?: DeliveryWait | undefined;
  /** Everything in the log up to here is delivered or given up. */
  sentSeq: number;
  /** Messages that the customer's last one still allows, until `windowUntil`. */
  remaining: number;
  windowUntil: Date;
}

/** How a stretch of work on one conversation ends. */
export type DeliveryEnd =
  /** All is sent, unless something came meanwhile. */
  { kind: 'idle' } | { kind: 'waits'; why: DeliveryWait; until?: Date | undefined };

/** Port: what is to be delivered to messaging apps, kept so that whoever dies, somebody goes on. */
export interface Deliveries {
  /**
   * The customer has written, which allows so many messages for so long at least. What has waited for it is due,
   * unless they are with a person in the app's own desk.
   */
  customerWrote(about: {
    conversationId: string;
    channel: string;
    userId: string;
    messages: number;
    windowUntil: Date;
    /** How far the log goes before the message: what is older is not said to them again. */
    lastSeq: number;
    address?: string | undefined;
  }): Promise<void>;
  /** Forgets whom nobody has heard of for so long; returns how many. Their next message begins anew. */
  purge(retentionDays: number): Promise<number>;
  /**
   * Something will be in the log (`soon`: said before it is, so that it is found if we die), or is (`now`). Nothing
   * for conversations of other channels, and for those that wait for their customer.
   */
  expect(conversationId: string, when: 'soon' | 'now'): Promise<void>;
  /** Those that are due and that nobody works on. */
  due(limit: number): Promise<string[]>;
  /** The right to deliver for one conversation; undefined when somebody has it, or nothing is to be done. */
  claim(conversationId: string, leaseMs: number): Promise<{ delivery: Delivery; fence: number } | undefined>;
  /** Keeps a step and the right; undefined when somebody else has it by now: nothing was kept. */
  step(
    conversationId: string,
    fence: number,
    step: DeliveryStep,
    leaseMs: number,
  ): Promise<Delivery | undefined>;
  /** Undefined: a conversation of no messaging app, or forgotten. */
  find(conversationId: string): Promise<DeliveryStanding | undefined>;
  /** What `customerWrote` was told last, where a channel needs it. */
  addressOf(conversationId: string): Promise<string | undefined>;
  /** Whatever it waits for: it is tried once more, now. */
  resume(conversationId: string): Promise<void>;
  /** Nothing up to here is delivered any more, also by who is at it. `waits`: nor what comes, until the customer writes. */
  skip(conversationId: string, upTo: number, waits?: DeliveryWait): Promise<void>;
  /** What is not delivered yet waits, as is told by the platform. */
  hold(conversationId: string, waits: DeliveryWait): Promise<void>;
  /** How many wait for what, by channel. */
  waiting(): Promise<{ channel: string; waits: DeliveryWait; count: number }[]>;
  /** Gives the right back. True when there is nothing more to be done: nothing came meanwhile. */
  end(conversationId: string, fence: number, end: DeliveryEnd): Promise<boolean>;
}

import type { Activity } from 'botframework-schema';
import type { ConversationInfo, Mode } from '../domain/conversation.ts';

/** An activity as it came from outside; the log gives it id, timestamp and conversation. */
export type NewActivity = Partial<Activity> & Pick<Activity, 'type'>;

/** `system` entries (conversationUpdate, upload done, case moved) wake the bot and are never shown. */
export type Origin = 'customer' | 'system' | 'bot' | 'agent';

/** One line of a conversation's log. */
export interface LogEntry {
  /** From 1, without gaps, per conversation. */
  seq: number;
  origin: Origin;
  /** With `id` (`conversation|0000001`), `timestamp` (strictly increasing) and `conversation` set. */
  activity: NewActivity & { id: string };
  /** What was stored is damaged: the activity only stands in for it. */
  unreadable?: true;
}

/** An accepted message that no turn has answered yet. */
export interface PendingMessage extends LogEntry {
  /** How many claims have seen it: above 1 after a crash in its turn. */
  attempts: number;
}

/**
 * What of a conversation's record was damaged. `state`: it is empty; `mode`: it is `bot`; `messages`: the list
 * of unanswered ones, some may be missing.
 */
export type Lost = 'state' | 'mode' | 'messages';

/** The right to run turns for one conversation, until `leaseMs` after it was given or renewed. */
export interface Claim {
  conversation: ConversationInfo;
  /** Fencing number: a commit with an older one is refused. */
  fence: number;
  mode: Mode;
  /** Bot state as last committed: storage key -> item. Empty at first. */
  state: BotState;
  /** What the customer has to be told of; the commit makes it good. */
  lost?: readonly Lost[];
  /** Unanswered messages, in order; never empty. */
  messages: PendingMessage[];
  /** How long the lease is, each time it is given or renewed. */
  leaseMs: number;
}

export type BotState = Record<string, unknown>;

export type ClaimResult = { kind: 'claimed'; claim: Claim } | { kind: 'busy' } | { kind: 'idle' };

export type AcceptResult =
  /** `claim`: a lease was asked for and nobody held one. */
  | { kind: 'accepted'; entry: LogEntry; claim?: Claim }
  /** The key was seen before: the first entry, nothing appended. */
  | { kind: 'duplicate'; entry: LogEntry }
  | { kind: 'unknown-conversation' };

export interface TurnOutcome {
  /** The message this turn answered. */
  seq: number;
  state: BotState;
  mode: Mode;
  replies: NewActivity[];
}

export type CommitResult =
  /** `claim`: more messages came meanwhile and the lease was kept for them; absent: released. */
  | { kind: 'committed'; replies: LogEntry[]; claim?: Claim }
  /** The lease had run out and somebody else took over: nothing was written. */
  | { kind: 'stale' };

/**
 * What a subscriber is told: the log grew, or something passing (typing) that is never stored.
 * `entries` are what was appended, where the store has them at hand: they save reading the log.
 */
export type Wake = { kind: 'appended'; entries: LogEntry[] } | { kind: 'passing'; activity: NewActivity };

export interface Incoming {
  origin: Extract<Origin, 'customer' | 'system'>;
  activity: NewActivity;
  /** Unique per conversation for 24 hours; a repeat returns the first entry. Absent = never a repeat. */
  dedupeKey?: string | undefined;
}

/** How channels hand messages in: stored when it returns, answered in the background. */
export type Accept = (conversationId: string, incoming: Incoming) => Promise<AcceptResult>;

/**
 * The conversation store: every message accepted is answered exactly once, in order, one turn at a
 * time per conversation, whatever process dies when. Each method is one atomic step; it throws only when
 * the store cannot be reached or cannot use what is stored for this conversation, and has then changed nothing.
 */
export interface ConversationStore {
  /** Creates the conversation, or returns the one that is there under this id. */
  open(info: ConversationInfo): Promise<{ created: boolean; conversation: ConversationInfo }>;
  find(conversationId: string): Promise<(ConversationInfo & { mode: Mode; lastSeq: number }) | undefined>;

  /**
   * Appends a message and marks it pending. Once this returns, the message will be answered. With `leaseMs`
   * the conversation is claimed in the same step unless somebody holds it, who then answers this one, too.
   */
  accept(conversationId: string, incoming: Incoming, leaseMs?: number): Promise<AcceptResult>;

  /** Takes the right to answer. `busy`: somebody else has it. `idle`: nothing is pending. */
  claim(conversationId: string, leaseMs: number): Promise<ClaimResult>;
  /** Prolongs the lease; false when it was lost. */
  renew(conversationId: string, fence: number, leaseMs: number): Promise<boolean>;
  /**
   * State, mode, replies and "this message is done" in one step. Keeps the lease and returns the
   * next messages while there are any, releases it otherwise.
   */
  commit(claim: Claim, turn: TurnOutcome): Promise<CommitResult>;
  /** Gives the lease back without an answer; its messages stay pending. */
  release(conversationId: string, fence: number): Promise<void>;
  /** Tells the other processes that nobody works on a conversation with unanswered messages. May get lost. */
  offer(conversationId: string): Promise<void>;
  /** Calls back for each conversation that another process offers. */
  onOffer(listener: (conversationId: string) => void): Promise<void>;

  /**
   * Agent and proactive messages, under the same order and ids. With a `dedupeKey`, one activity: a repeat within
   * 24 hours returns the first entry and appends nothing.
   */
  append(
    conversationId: string,
    origin: 'bot' | 'agent',
    activities: NewActivity[],
    dedupeKey?: string,
  ): Promise<LogEntry[]>;
  /** The log after a sequence number, in order. */
  read(conversationId: string, afterSeq: number, limit: number): Promise<LogEntry[]>;
  /** Conversations with unanswered messages older than this and no live lease. */
  pending(olderThanMs: number, limit: number): Promise<string[]>;

  /** Wake-ups for one conversation; the returned function ends them. */
  subscribe(conversationId: string, listener: (wake: Wake) => void): Promise<() => Promise<void>>;
  /** Passes something to the present subscribers without storing it (typing). */
  pass(conversationId: string, activity: NewActivity): Promise<void>;

  /**
   * Throws when the store cannot be reached. A store that is reached and takes no writes (out of memory) is
   * ready: every process would be taken out of service at once, and with them what still works, reading and
   * the sockets that wait for answers.
   */
  ping(): Promise<void>;
  close(): Promise<void>;
}

import type { Conversation, Sent } from './customer.ts';
import type { Pair } from './pair.ts';
import type { Shown } from './reader.ts';

/** What a test prints. */
export interface Counts {
  conversations: number;
  acknowledged: number;
  answered: number;
  /** Tries that were not acknowledged. */
  resent: number;
  /** Acknowledged by a process that was out of service before the answer was there. */
  takenOver: number;
  cases: number;
  /** From acknowledged to answered. */
  longestWaitMs: number;
  /** From acknowledged until the reader had it. */
  longestUntilSeenMs: number;
}

/** Before anything is counted. */
export const noCounts = (): Counts => ({
  conversations: 0,
  acknowledged: 0,
  answered: 0,
  resent: 0,
  takenOver: 0,
  cases: 0,
  longestWaitMs: 0,
  longestUntilSeenMs: 0,
});

/** A message of the bot that answers one of the customer's. */
export const isReply = ({ type, from, replyToId }: Shown) =>
  type === 'message' && from?.role === 'bot' && replyToId !== undefined;

/** Counts one conversation, as its log is in the end. */
export function addTo(counts: Counts, pair: Pair, { sent, reader }: Conversation, log: Shown[]): void {
  const answeredAt = (message: Sent) => {
    const reply = log.find((one) => isReply(one) && one.replyToId === message.id);
    return reply ? Date.parse(reply.timestamp ?? '') : undefined;
  };
  counts.conversations += 1;
  for (const message of sent) {
    const { id, by, acknowledgedAt } = message;
    const at = answeredAt(message);
    const seenAt = reader.seen.find((one) => isReply(one) && one.replyToId === id)?.seenAt ?? acknowledgedAt;
    counts.acknowledged += 1;
    counts.resent += message.resent;
    counts.longestUntilSeenMs = Math.max(counts.longestUntilSeenMs, seenAt - acknowledgedAt);
    if (at === undefined) continue;
    counts.answered += 1;
    counts.longestWaitMs = Math.max(counts.longestWaitMs, at - acknowledgedAt);
    const left = pair.outages.some((out) => out.which === by && out.at >= acknowledgedAt && out.at < at);
    if (left) counts.takenOver += 1;
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** One line for the report of the tests. */
export function lineOf(title: string, counts: Counts, more: Record<string, number | string> = {}): string {
  const { longestWaitMs, longestUntilSeenMs, takenOver, ...rest } = counts;
  const words = Object.entries({ ...more, ...rest, 'taken over': takenOver }).map(
    ([what, n]) => `${n} ${what}`,
  );
  const waits = [`longest wait ${seconds(longestWaitMs)}`, `until seen ${seconds(longestUntilSeenMs)}`];
  return `      ${title}: ${[...words, ...waits].join(', ')}`;
}

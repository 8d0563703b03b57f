import type { RunTurn } from '../conversation/runner.ts';
import type { ConversationStore, LogEntry, PendingMessage } from '../conversation/store.ts';
import type { Clock } from '../domain/clock.ts';
import { isMarked, MARKS } from '../domain/message-marks.ts';

/** Where what was said is kept until all of it is; the bot's own state knows nothing of it. */
const KEPT = 'said-so-far';
/** Whoever writes on and on is answered in between. */
const MOST = 4;
/** Lines of the log in which the next message is. */
const NEXT = 10;

interface Said {
  text: string;
  sensitive: string[];
}

const sensitiveIn = ({ activity }: LogEntry): string[] => {
  const kinds: unknown = activity.channelData?.sensitive;
  return Array.isArray(kinds) ? kinds : [];
};

/** Words alone: a choice from a list, a file or something for people to read is a message of its own. */
function isWords(entry: LogEntry): boolean {
  const { origin, activity, unreadable } = entry;
  if (origin !== 'customer' || unreadable || activity.type !== 'message' || !activity.text?.trim())
    return false;
  const isOther = (activity.attachments?.length ?? 0) > 0 || activity.channelData?.[MARKS.menu] !== undefined;
  return !isOther && !isMarked(activity, 'late') && !isMarked(activity, 'staleChoice');
}

const atOf = ({ activity }: LogEntry) => new Date(activity.timestamp ?? 0).getTime();

/** A message with what was said before it, as if it had been one. */
function withBefore(message: PendingMessage, before: readonly Said[]): PendingMessage {
  if (before.length === 0 || !isWords(message)) return message;
  const { activity } = message;
  const text = [...before.map((it) => it.text), activity.text].join('\n');
  const sensitive = [...new Set([...before.flatMap((it) => it.sensitive), ...sensitiveIn(message)])];
  const channelData = { ...activity.channelData, ...(sensitive.length > 0 && { sensitive }) };
  return { ...message, activity: { ...activity, text, channelData } };
}

/**
 * Turns in which messages that follow each other closely are answered as one. Each still has a turn of its own, of
 * which all but the last only keep what was said: nothing is lost or said twice, whatever dies when.
 */
export function gathered(
  runTurn: RunTurn,
  parts: {
    store: Pick<ConversationStore, 'read'>;
    clock: Clock;
    /** How long nothing more may come before it is answered; 0 = at once. */
    quietMsOf(conversationId: string): number;
    wait(ms: number): Promise<unknown>;
  },
): RunTurn {
  const { store, clock, quietMsOf, wait } = parts;

  async function isFollowed(conversationId: string, message: PendingMessage): Promise<boolean> {
    const quietMs = quietMsOf(conversationId);
    if (quietMs === 0 || !isWords(message)) return false;
    const leftMs = atOf(message) + quietMs - clock.now().getTime();
    if (leftMs > 0) await wait(Math.min(leftMs, quietMs));
    const later = await store.read(conversationId, message.seq, NEXT);
    const next = later.find(({ origin }) => origin === 'customer');
    return next !== undefined && isWords(next) && atOf(next) - atOf(message) <= quietMs;
  }

  return async (claim, message) => {
    const { [KEPT]: kept, ...state } = claim.state;
    const before = Array.isArray(kept) ? (kept as Said[]) : [];
    const { id } = claim.conversation;
    // What was lost is told by the next turn that says anything, which this is none of.
    const mayWait = claim.mode === 'bot' && !claim.lost && before.length < MOST - 1;
    if (mayWait && (await isFollowed(id, message))) {
      const said: Said = { text: message.activity.text ?? '', sensitive: sensitiveIn(message) };
      return { state: { ...state, [KEPT]: [...before, said] }, mode: claim.mode, replies: [] };
    }
    const result = await runTurn({ ...claim, state }, withBefore(message, before));
    // What happened in between is no answer: the message that it was kept for is still to come.
    const isKept = before.length > 0 && !isWords(message);
    return isKept ? { ...result, state: { ...result.state, [KEPT]: before } } : result;
  };
}

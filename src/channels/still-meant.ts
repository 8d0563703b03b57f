import type { LogEntry } from '../conversation/store.ts';
import type { Stretch } from '../domain/delivery.ts';
import { HANDOFF_STATUS } from '../domain/handoff.ts';

/** What the bot has said and could not be delivered for so long is not worth saying any more. */
const STALE_MS = 24 * 3_600_000;

const atOf = ({ activity }: LogEntry) => new Date(activity.timestamp ?? 0).getTime();

/** Where a person took over last. */
const takenIn = (entries: readonly LogEntry[]): LogEntry | undefined =>
  entries.findLast(({ activity }) => {
    return activity.name === HANDOFF_STATUS && activity.value?.state === 'accepted';
  });

/** What somebody has written, and what has come of a case, is told however late it is. */
const isLasting = ({ origin, activity }: LogEntry): boolean =>
  origin === 'agent' || (activity.replyToId === undefined && activity.channelData?.caseId !== undefined);

const isStale = (entry: LogEntry, now: number): boolean => !isLasting(entry) && now - atOf(entry) >= STALE_MS;

/**
 * Without what the bot said before a person took over, which would only be in the way, what is too old beside the
 * last of the entries, and what was taken back before it could be sent. The same for the same entries, whenever it is
 * asked.
 */
export function stillMeant(entries: readonly LogEntry[]): LogEntry[] {
  const taken = takenIn(entries);
  const last = entries.at(-1);
  const recalls = entries.filter(({ activity }) => activity.type === 'messageDelete');
  const recalled = new Set(recalls.map(({ activity }) => activity.replyToId));
  return entries.filter((entry) => {
    const { origin, seq, activity } = entry;
    const isBefore = taken && seq < taken.seq && activity.replyToId !== taken.activity.replyToId;
    const isOver = (origin === 'bot' && isBefore) || recalled.has(activity.id);
    return !isOver && !(last && isStale(entry, atOf(last)));
  });
}

/**
 * Tells of stretches of the log up to `to`, of which messages were made before a person took over, whether this has
 * made them pointless: there is nothing in them but what the bot said.
 */
export function overtakenBy(read: readonly LogEntry[], to: number): (stretch: Stretch) => boolean {
  const isTaken = takenIn(read.filter(({ seq }) => seq > to)) !== undefined;
  const isSaid = ({ activity }: LogEntry) => activity.type === 'message';
  return (stretch) => {
    const inside = read.filter(({ seq }) => seq > stretch.after && seq <= stretch.to).filter(isSaid);
    return isTaken && !inside.some(isLasting);
  };
}

/** How many of the entries, from the first on, are too old to be said. */
export function staleCount(entries: readonly LogEntry[], now: number): number {
  const first = entries.findIndex((entry) => !isStale(entry, now));
  return first < 0 ? entries.length : first;
}

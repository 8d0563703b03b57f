import type { Activity } from '../client/protocol.ts';
import { uploadRequestOf } from './request.ts';

/**
 * Where an upload card stands in the conversation. `open`: the bot waits for it. `done`: the flow went
 * on to the next document of the same case. `moved`: asked for again further down. `passed`: the bot has
 * said something else since.
 */
export type Standing = 'open' | 'done' | 'moved' | 'passed';

/** Replies of one turn are committed together: their stamps lie milliseconds apart. */
const SAME_TURN_MS = 1000;

/** Reads a card's standing from the log alone, so it is the same after a reload. */
export function standingOf(card: Activity, log: readonly Activity[]): Standing {
  const request = uploadRequestOf(card);
  const later = log.slice(log.indexOf(card) + 1).filter((a) => isBotMessage(a) && !isSameTurn(card, a));
  if (!request || later.length === 0) return 'open';
  for (const activity of later) {
    const next = uploadRequestOf(activity);
    if (next?.draftId === request.draftId) return next.slot === request.slot ? 'moved' : 'done';
  }
  const submitted = later.some((a) => typeof a.channelData.caseId === 'string');
  return submitted ? 'done' : 'passed';
}

/** Said by the bot itself: its messages name their text, those of people do not. */
export function isBotMessage(activity: Activity): boolean {
  if (activity.type !== 'message' || activity.from.role === 'user') return false;
  return typeof activity.channelData.key === 'string' || !activity.from.name;
}

function isSameTurn(one: Activity, other: Activity): boolean {
  const apartMs = Date.parse(other.timestamp ?? '') - Date.parse(one.timestamp ?? '');
  return one.replyToId === other.replyToId && apartMs < SAME_TURN_MS;
}

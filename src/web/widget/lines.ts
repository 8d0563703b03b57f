import { asRecord, asText } from './client/protocol.ts';
import type { Activity, Entry, QuickReply } from './direct-line.ts';
import { fill, texts } from './texts.ts';
import { isBotMessage } from './upload/standing.ts';

export type Speaker = 'customer' | 'bot' | 'agent';

export function speakerOf(activity: Activity): Speaker {
  if (activity.from.role === 'user') return 'customer';
  return isBotMessage(activity) ? 'bot' : 'agent';
}

/** The replies offered now: those of the last message of all, if nobody has answered it. */
export function offeredReplies(entries: readonly Entry[]): readonly QuickReply[] {
  const last = entries.findLast((entry) => entry.activity.type === 'message');
  return last && last.activity.from.role !== 'user' ? last.activity.quickReplies : [];
}

/** What a hand-off event says to the customer; undefined for events that say nothing. */
export function noticeOf(activity: Activity): string | undefined {
  if (activity.type !== 'event' || activity.name !== 'handoff.status') return undefined;
  const state = asText(asRecord(activity.value)?.state);
  if (state === 'accepted') return texts.agentJoined;
  return state === 'completed' ? texts.agentLeft : undefined;
}

/** The customer's place in the queue, while waiting for a person. */
export function queueText(entries: readonly Entry[]): string | undefined {
  const event = entries.findLast(
    ({ activity }) => activity.type === 'event' && activity.name?.startsWith('handoff.'),
  );
  if (event?.activity.name !== 'handoff.queue') return undefined;
  const value = asRecord(event.activity.value);
  const position = value?.position;
  if (typeof position !== 'number' || position < 1) return undefined;
  const place = position === 1 ? texts.queueNext : fill(texts.queue, { ahead: position - 1 });
  const eta = asRecord(value?.etaMinutes);
  const { from, to } = eta ?? {};
  const known = typeof from === 'number' && typeof to === 'number';
  return known ? place + fill(texts.queueEta, { from, to }) : place;
}

/** Whether people have the conversation, or the customer waits for them: only then files are taken in the chat. */
export function peopleHaveIt(entries: readonly Entry[]): boolean {
  const last = entries.findLast(
    ({ activity: { type, name } }) =>
      type === 'event' && (name === 'handoff.status' || name === 'handoff.queue'),
  )?.activity;
  return last?.name === 'handoff.queue' || asText(asRecord(last?.value)?.state) === 'accepted';
}

/** Whether its writer has taken the message back. */
export function isRecalled({ id }: Activity, log: readonly Activity[]): boolean {
  return id !== undefined && log.some(({ type, replyToId }) => type === 'messageDelete' && replyToId === id);
}

/** Whether the entry has something to show. */
export function isVisible({ activity }: Entry): boolean {
  if (activity.type === 'event') return noticeOf(activity) !== undefined;
  return activity.type === 'message' && (activity.text !== undefined || activity.attachments.length > 0);
}

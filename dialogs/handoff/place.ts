import { EventFactory, type TurnContext } from 'botbuilder';
import type { ConversationAccount } from 'botframework-schema';
import type { TextKey } from '../../locales/index.ts';
import { HANDOFF_QUEUE, type LeaveCause, type Standing } from '../../src/domain/handoff.ts';
import { type Line, type SlotValue, say } from '../kit/index.ts';

/** What can be done while waiting: also the labels that are understood then. */
export const CANCEL: Line = { key: 'handoff.cancelQueue' };
export const SELF_SERVICE: Line = { key: 'handoff.selfService' };
export const MESSAGE: Line = { key: 'handoff.leaveMessage' };
export const KEEP_WAITING: Line = { key: 'handoff.keepWaiting' };
export const IN_QUEUE = [CANCEL, SELF_SERVICE, MESSAGE];

/** The place and how long it may take, one line each. */
export function placeOf({ position, etaMinutes, staffed }: Standing): SlotValue {
  const place: Line =
    position > 1
      ? { key: 'handoff.placeAhead', slots: { ahead: position - 1 } }
      : { key: 'handoff.placeNext' };
  if (!staffed) return { lines: [place, { key: 'handoff.unstaffed' }] };
  if (!etaMinutes) return place;
  const { from, to } = etaMinutes;
  return { lines: [place, { key: 'handoff.time', slots: { from, to } }] };
}

/** What clients show the place from, as long as it is the last of its kind. */
export async function sendPlace(
  context: TurnContext,
  { position, etaMinutes }: Pick<Standing, 'position' | 'etaMinutes'>,
): Promise<void> {
  await context.sendActivity({ type: 'event', name: HANDOFF_QUEUE, value: { position, etaMinutes } });
}

/** Says where the customer stands and what can be done meanwhile. */
export async function sayPlace(
  context: TurnContext,
  key: TextKey,
  standing: Standing,
  about: SlotValue = '',
): Promise<void> {
  await say(context, key, { place: placeOf(standing), about }, { choices: IN_QUEUE });
  await sendPlace(context, standing);
}

type Status =
  | { state: 'accepted'; message: string }
  | { state: 'completed'; message: 'closed' | 'returned' }
  | { state: 'failed'; message: LeaveCause | 'message' };

/**
 * Marks in the log where people take over, where they end, and where somebody stopped waiting for them. The
 * message is the 工号 of who has accepted, or how it ended.
 */
export async function markStatus(context: TurnContext, { state, message }: Status): Promise<void> {
  const conversation = context.activity.conversation as ConversationAccount;
  await context.sendActivity(eventOnly(EventFactory.createHandoffStatus(conversation, state, message)));
}

/** Marks in the log where a person was asked for. */
export async function markInitiation(context: TurnContext, about: object): Promise<void> {
  await context.sendActivity(eventOnly(EventFactory.createHandoffInitiation(context, about)));
}

/** Without what the SDK makes up by itself: the log gives id and time, and the server's time zone is nobody's business. */
function eventOnly(event: ReturnType<typeof EventFactory.createHandoffStatus>) {
  const { id: _, timestamp: __, localTimezone: ___, attachments: ____, entities: _____, ...rest } = event;
  return rest;
}

import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { LeaveCause, OpenHandoff } from '../../src/domain/handoff.ts';
import { isMarked } from '../../src/domain/message-marks.ts';
import { endOpen, goOnAs, MENU, resumeOpen, say, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { IN_QUEUE, markStatus, sayPlace } from './place.ts';
import { queueWish } from './readings.ts';

/** What is remembered of a hand-off from one message to the next. */
export interface QueueMemory {
  /** That messages are kept for the agent has been said. */
  keptTold?: boolean;
  /** The same of files. */
  fileKeptTold?: boolean;
}

type Queued = Extract<OpenHandoff, { state: 'queued' }>;

/** Goes on where the customer was before asking for a person. */
export async function backToDialogs(
  dc: DialogContext,
  outcome: 'left' | 'person',
): Promise<DialogTurnResult | undefined> {
  return dc.activeDialog?.id === 'handoff' ? endOpen(dc, outcome) : resumeOpen(dc);
}

/** Whether something was talked about before a person was asked for. */
export function hasOpenTopic({ stack }: DialogContext): boolean {
  return stack.some(({ id }) => id !== 'handoff');
}

async function leave(
  dc: DialogContext,
  services: Services,
  { id }: Queued,
  cause: LeaveCause,
): Promise<DialogTurnResult | undefined> {
  const exit = await services.handoffs.leave(id, cause);
  if (exit === 'taken') return connecting(dc);
  turnOf(dc.context).mode = 'bot';
  await markStatus(dc.context, { state: 'failed', message: cause });
  const key = cause === 'cancelled' ? 'handoff.cancelled' : 'handoff.onYourOwn';
  await say(dc.context, key, {}, hasOpenTopic(dc) ? {} : { choices: MENU });
  return backToDialogs(dc, 'left');
}

async function toMessage(dc: DialogContext, services: Services, { id }: Queued) {
  const exit = await services.handoffs.toMessage(id);
  if (exit === 'taken') return connecting(dc);
  turnOf(dc.context).mode = 'bot';
  await markStatus(dc.context, { state: 'failed', message: 'message' });
  await say(dc.context, 'handoff.messageTaken');
  return goOnAs(dc, 'handoff', { toMessage: id });
}

/** A person was quicker; the news of it is on its way. */
async function connecting({ context }: DialogContext): Promise<undefined> {
  await say(context, 'handoff.connecting');
}

/** The queue has ended without this conversation hearing of it: the bot takes it up again. */
async function notQueued(dc: DialogContext, open: OpenHandoff | undefined) {
  if (open?.state === 'active') {
    turnOf(dc.context).mode = 'human';
    return undefined;
  }
  turnOf(dc.context).mode = 'bot';
  await say(dc.context, 'handoff.notQueued');
  return backToDialogs(dc, 'left');
}

/** Once for words and once for files: people look for whether a photo has arrived. */
async function sayKept({ context }: DialogContext, memory: QueueMemory): Promise<void> {
  const told = context.activity.channelData?.file ? 'fileKeptTold' : 'keptTold';
  if (memory[told]) return;
  memory[told] = true;
  await say(context, told === 'keptTold' ? 'handoff.kept' : 'handoff.fileKept', {}, { choices: IN_QUEUE });
}

/**
 * A message of somebody who waits: only what concerns the queue is understood, all else is kept for the agent,
 * who finds it in the log. Returns what the dialogs have come to, where they go on.
 */
export async function hearInQueue(
  dc: DialogContext,
  services: Services,
  memory: QueueMemory,
): Promise<DialogTurnResult | undefined> {
  const open = await services.handoffs.open(turnOf(dc.context).conversationId);
  if (open?.state !== 'queued') return notQueued(dc, open);
  // A number or button of a list that is over is nothing for the agent: the list is told again.
  const isStale = isMarked(dc.context.activity, 'staleChoice');
  switch (isStale ? 'progress' : queueWish(dc.context)) {
    case 'cancel':
      return leave(dc, services, open, 'cancelled');
    case 'self-service':
      return leave(dc, services, open, 'self-service');
    case 'message':
      return toMessage(dc, services, open);
    case 'progress':
      await sayPlace(dc.context, 'handoff.standing', open.standing);
      return undefined;
    case 'keep':
      await sayPlace(dc.context, 'handoff.keepsWaiting', open.standing);
      return undefined;
    default:
      await sayKept(dc, memory);
      return undefined;
  }
}

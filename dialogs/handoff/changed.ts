import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { HandoffChange, HandoffChanged } from '../../src/domain/handoff.ts';
import { modeAfter } from '../../src/domain/handoff-rules.ts';
import { whenOf } from '../kit/format.ts';
import { goOnAs, MENU, say, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { CANCEL, KEEP_WAITING, MESSAGE, markStatus, sayPlace, sendPlace } from './place.ts';
import { backToDialogs, hasOpenTopic, type QueueMemory } from './queue.ts';

type Change<Kind extends HandoffChange['kind']> = Extract<HandoffChange, { kind: Kind }>;

const ACCEPTED: Record<Change<'accepted'>['how'], TextKey> = {
  first: 'handoff.accepted',
  again: 'handoff.acceptedAgain',
  reply: 'handoff.acceptedReply',
};

async function accepted({ context }: DialogContext, { number, how }: Change<'accepted'>): Promise<void> {
  await markStatus(context, { state: 'accepted', message: number });
  await say(context, ACCEPTED[how], { number });
  await say(context, 'handoff.neverAsks');
}

async function offerMessage({ context }: DialogContext, services: Services, change: Change<'offer-message'>) {
  const { cause, opensAt } = change;
  const key =
    cause === 'closing' && opensAt
      ? 'handoff.offerClosing'
      : cause === 'long'
        ? 'handoff.offerLong'
        : 'handoff.offerNobody';
  const slots = { opensAt: opensAt ? whenOf(services, opensAt) : '' };
  await say(context, key, slots, { choices: [MESSAGE, KEEP_WAITING, CANCEL] });
}

async function returned(dc: DialogContext): Promise<DialogTurnResult | undefined> {
  await markStatus(dc.context, { state: 'completed', message: 'returned' });
  await say(dc.context, 'handoff.returned', {}, hasOpenTopic(dc) ? {} : { choices: MENU });
  return backToDialogs(dc, 'person');
}

async function closed(dc: DialogContext, handoffId: string, { summary }: Change<'closed'>) {
  await markStatus(dc.context, { state: 'completed', message: 'closed' });
  if (summary) await say(dc.context, 'handoff.endedWith', { summary });
  else await say(dc.context, 'handoff.ended');
  return goOnAs(dc, 'handoff', { rate: handoffId });
}

/** What the desk says about a hand-off: who answers from now on, and where the dialogs go on. */
export async function hearHandoffChanged(
  dc: DialogContext,
  services: Services,
  { handoffId, change }: HandoffChanged,
  memory: QueueMemory,
): Promise<DialogTurnResult | undefined> {
  const { context } = dc;
  const turn = turnOf(context);
  const wasQueued = turn.mode === 'queued';
  turn.mode = modeAfter(change) ?? turn.mode;
  switch (change.kind) {
    case 'accepted':
      delete memory.keptTold;
      delete memory.fileKeptTold;
      await accepted(dc, change);
      return undefined;
    case 'position':
      // Whoever has left meanwhile is told nothing more of the queue.
      if (wasQueued) await sendPlace(context, change);
      return undefined;
    case 'waiting-long':
      if (wasQueued)
        await say(context, 'handoff.waitingLong', {}, { choices: [KEEP_WAITING, MESSAGE, CANCEL] });
      return undefined;
    case 'offer-message':
      if (wasQueued) await offerMessage(dc, services, change);
      return undefined;
    case 'requeued': {
      const isMoved = change.cause === 'transferred' || change.cause === 'reassigned';
      const key = isMoved ? 'handoff.requeuedGroup' : 'handoff.requeued';
      await sayPlace(context, key, change.standing);
      return undefined;
    }
    case 'returned':
      await services.handoffs.markEnd(handoffId, turn.seq);
      return returned(dc);
    case 'closed':
      await services.handoffs.markEnd(handoffId, turn.seq);
      return closed(dc, handoffId, change);
  }
}

import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import { notesOf, openQuestion } from '../../dialogs/index.ts';
import type { Claim, PendingMessage } from '../conversation/store.ts';
import { emptyNotes, type TurnInsight, type TurnNotes } from '../domain/insight.ts';
import type { Turn } from '../domain/turn.ts';

/** What was noted in a turn, and where the conversation stands after it. */
export interface Seen extends TurnNotes {
  topic?: string | undefined;
  step?: string | undefined;
}

/** What is seen when the turn has ended. `dc`: the open dialogs, where there was a look at them. */
export function seenIn(context: TurnContext, dc: DialogContext | undefined): Seen {
  const notes = notesOf(context);
  return {
    ...notes,
    topic: dc?.activeDialog?.id ?? notes.ended.at(-1)?.topic,
    step: dc && openQuestion(dc)?.key,
  };
}

/** The turn as reports see it: names and numbers, and no word of what was said but what was not understood. */
export function insightOf(parts: {
  turn: Turn;
  claim: Claim;
  message: PendingMessage;
  at: Date;
  seen: Seen | undefined;
}): TurnInsight {
  const { turn, claim, message, at, seen = emptyNotes() as Seen } = parts;
  const { understanding } = turn;
  return {
    conversationId: turn.conversationId,
    seq: turn.seq,
    at: at.toISOString(),
    channel: claim.conversation.channel,
    locale: turn.locale,
    known: turn.customerId !== undefined,
    origin: message.origin === 'system' ? 'system' : 'customer',
    topic: seen.topic ?? null,
    step: seen.step ?? null,
    intent: understanding?.intent ?? null,
    confidence: understanding?.confidence ?? null,
    decision: understanding?.decision ?? null,
    ranking: understanding?.ranking ?? [],
    answered: seen.asked ? seen.answered : null,
    entered: seen.entered,
    ended: seen.ended,
    causes: seen.causes,
    ...(seen.unclear.length > 0 && { unclear: seen.unclear }),
  };
}

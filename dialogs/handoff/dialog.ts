import { Dialog, type DialogTurnResult, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { NewHandoff } from '../../src/domain/handoff.ts';
import { FIRST_AID_ASKED } from '../fraud/readings.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  asides,
  ask,
  type Choice,
  currentPlan,
  finish,
  goTo,
  noteEnded,
  notesOf,
  questionOf,
  saidIn,
  say,
  TopicDialog,
  type TopicId,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { markInitiation, sayPlace } from './place.ts';
import { type RatingValues, ratingSteps } from './rating.ts';
import { wantsOut, wishWithMessage } from './readings.ts';

interface HandoffValues extends RatingValues {
  /** Intent or finding that led here; staff see it beside the chat. */
  reason?: string;
  /** What the customer has told already, to be passed on without asking. */
  message?: string;
  /** What the customer said when it all began, for staff. */
  told?: string;
  /** The message left that more can be said to; it was in the queue a moment ago. */
  toMessage?: string;
  /** What the next answer is about. */
  asked?: 'words' | 'more' | 'rating' | 'waiting';
}

const valuesOf = (step: WaterfallStepContext) => step.values as unknown as HandoffValues;

const NOTHING_TO_ADD: Choice = { value: 'changed-mind', key: 'handoff.nothingToAdd' };
const TAKE_BACK: Choice = { value: 'leave', key: 'handoff.takeBack' };
const CHANGED_MIND: Choice = { value: 'changed-mind', key: 'handoff.changedMind' };
/** Nothing that a customer would call their matter. */
const NO_MATTER: readonly string[] = ['handoff', 'small-talk', 'clarify'];

/** Where the customer was when a person was asked for. */
function stoppedAt(step: WaterfallStepContext): { topic?: string | undefined; step?: string | undefined } {
  const below = step.parent?.stack.at(-2);
  const cameFrom = notesOf(step.context).ended.findLast(({ topic }) => topic !== 'handoff');
  return { topic: below?.id ?? cameFrom?.topic, step: questionOf(below)?.key };
}

function wishOf(step: WaterfallStepContext, said?: string): NewHandoff {
  const { reason, told, message } = valuesOf(step);
  const { conversationId, customerId, locale, seq, understanding } = turnOf(step.context);
  const plan = currentPlan(step.context);
  return {
    ...stoppedAt(step),
    ...{ conversationId, customerId, locale, seq, reason },
    channel: step.context.activity.channelId,
    words: [told, said ?? message ?? understanding?.text].filter(Boolean).join('\n') || undefined,
    about: plan && { bank: plan.card?.bank, cardLast4: plan.card?.last4, causes: plan.codes },
  };
}

/**
 * 转人工: hours first; then a place in the queue, where the topic waits until a person has ended the talk, or a
 * message left. Afterwards it asks how it was. What was open below goes on when it ends.
 */
export function handoff(services: Services): TopicDialog {
  const { askScore, takeScore, takeReason } = ratingSteps(services);

  function askWords(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { message, reason } = valuesOf(step);
    const isFraud = reason === 'fraud_report';
    valuesOf(step).asked = 'words';
    if (message) return step.next({ kind: 'text', text: message } satisfies Answer);
    return ask(step, {
      kind: 'text',
      verbatim: true,
      key: isFraud ? 'handoff.askFraud' : 'handoff.askMessage',
      choices: [CHANGED_MIND],
      ...(isFraud && { asides: asides(FIRST_AID_ASKED) }),
    });
  }

  function askMore(
    step: WaterfallStepContext,
    id: string,
    key: 'handoff.messageMore' | 'handoff.alreadyLeft',
  ): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    Object.assign(values, { asked: 'more', toMessage: id } satisfies HandoffValues);
    if (values.message) return step.next({ kind: 'text', text: values.message } satisfies Answer);
    return ask(step, { kind: 'text', verbatim: true, key, choices: [NOTHING_TO_ADD, TAKE_BACK] });
  }

  async function arrive(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.rate) {
      values.asked = 'rating';
      return askScore(step);
    }
    if (values.toMessage) return askMore(step, values.toMessage, 'handoff.messageMore');
    const elsewhere = await services.handoffs.elsewhere?.(turnOf(step.context).conversationId);
    if (elsewhere === 'there') return passOn(step);
    const open = await services.handoffs.open(turnOf(step.context).conversationId);
    const desk = await services.handoffs.desk(wishOf(step));
    const isOpen = desk.kind === 'open' && elsewhere === undefined;
    if (isOpen || (open && open.state !== 'message')) return queueUp(step);
    if (open) return askMore(step, open.id, 'handoff.alreadyLeft');
    const opensAt = desk.kind === 'open' || elsewhere ? undefined : desk.opensAt;
    if (opensAt) await say(step.context, 'handoff.closed', { opensAt: whenOf(services, opensAt) });
    else await say(step.context, 'handoff.closedUnknown');
    return askWords(step);
  }

  /** To people in the customer's own app: the channel takes it from here, once what was said has arrived. */
  async function passOn(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { reason, topic } = wishOf(step);
    await say(step.context, 'handoff.passedOn');
    await markInitiation(step.context, { reason: reason ?? null, topic: topic ?? null });
    // When people are done with it nobody tells us: what was open is theirs, and the bot begins anew.
    const { stack = [] } = step.parent ?? {};
    for (const { id } of stack.splice(0, stack.length - 1))
      noteEnded(step.context, { topic: id as TopicId, outcome: 'person' });
    return finish(step, 'person');
  }

  /** From here on the bot is silent; what happens next comes as events of the desk. */
  async function queueUp(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { context } = step;
    const turn = turnOf(context);
    const wish = wishOf(step);
    const made = await services.handoffs.request(wish, `${turn.idempotencyKey}:handoff`);
    valuesOf(step).asked = 'waiting';
    if (made.state !== 'queued') {
      turn.mode = 'human';
      await say(context, 'handoff.connecting');
      return Dialog.EndOfTurn;
    }
    turn.mode = 'queued';
    const { reason, topic } = wish;
    if (made.seq !== turn.seq) await sayPlace(context, 'handoff.standing', made.standing);
    else {
      await markInitiation(context, { handoffId: made.id, reason: reason ?? null, topic: topic ?? null });
      if (topic && !NO_MATTER.includes(topic))
        await sayPlace(context, 'handoff.queuedAbout', made.standing, { key: `topics.${topic as TopicId}` });
      else await sayPlace(context, 'handoff.queued', made.standing);
    }
    return Dialog.EndOfTurn;
  }

  async function settle(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { asked, reason, toMessage } = valuesOf(step);
    if (asked === 'rating') return takeScore(step);
    // Only when the record of who answers was lost: whoever waits is asked for again.
    if (asked === 'waiting') return goTo(step, 'handoff', { reason });
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return finish(step, 'left');
    return toMessage ? addTo(step, toMessage, answer) : leaveWords(step, answer);
  }

  async function addTo(step: WaterfallStepContext, id: string, answer: Answer & { kind: 'text' }) {
    switch (answer.value ?? wishWithMessage(saidIn(step))) {
      case 'leave': {
        // A person who was quicker is on the way.
        const isTaken = (await services.handoffs.leave(id, 'cancelled')) === 'taken';
        await say(step.context, isTaken ? 'handoff.connecting' : 'handoff.left');
        return finish(step, isTaken ? 'person' : 'left');
      }
      case 'changed-mind':
        await say(step.context, 'handoff.waiting');
        return finish(step, 'person');
      default:
        await services.handoffs.addWords(id, answer.text);
        await say(step.context, 'handoff.added');
        return finish(step, 'person');
    }
  }

  async function leaveWords(step: WaterfallStepContext, answer: Answer & { kind: 'text' }) {
    if (answer.value === 'changed-mind' || wantsOut(saidIn(step))) {
      await say(step.context, 'handoff.notRegistered');
      return finish(step, 'left');
    }
    const key = `${turnOf(step.context).idempotencyKey}:message`;
    await services.handoffs.leaveMessage(wishOf(step, answer.text), key);
    await say(step.context, 'handoff.messageLeft');
    await say(step.context, 'handoff.meanwhile');
    return finish(step, 'person');
  }

  return new TopicDialog('handoff', 4, [arrive, settle, takeReason]);
}

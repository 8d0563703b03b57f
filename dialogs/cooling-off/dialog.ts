import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { DEADLINE_LEAD_MS, decentBefore } from '../../src/domain/reminder.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  finish,
  finishReminded,
  goTo,
  isReminded,
  offerReminders,
  type ReminderOffer,
  type RemindResult,
  remindMe,
  saidIn,
  say,
  sayComfort,
  sayPlatformDown,
  staffWords,
  TopicDialog,
  turnOf,
  wordsOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { askWhich, type CardRequest, cardNameOf, findRequests, isRevocable } from '../progress/requests.ts';
import { askEntry, askPage, askPerson } from './questions.ts';
import { asideIn, saysNoEntry } from './readings.ts';

interface CoolingOffValues {
  /** Set when a customer's message opened the topic: its words may ask or tell something. */
  intent?: Intent;
  found?: CardRequest[];
  /** The one that is under way. */
  open?: CardRequest;
  /** The page offers no way back. */
  noEntry?: boolean;
}

function valuesOf(step: WaterfallStepContext): CoolingOffValues {
  return step.values as CoolingOffValues;
}

function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer | undefined;
  if (answer?.kind === 'yes-no') return answer.yes ? 'person' : 'leave';
  return answer?.kind === 'choice' ? answer.value : '';
}

/** 撤回: the platform and the page decide whether a request can be taken back; the customer does it there. */
export function coolingOff(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId, understanding } = turnOf(step.context);
    if (values.intent) {
      await sayComfort(step);
      const words = saidIn(step);
      values.noEntry = saysNoEntry(words);
      const aside = asideIn(words);
      if (aside) await say(step.context, `cooling-off.aside-${aside}`);
      if (aside && aside !== 'howLong') return end(step, 'cooling-off.wayBack', 'solved');
    }
    if (!customerId) return step.next();
    const found = await findRequests(services, customerId, understanding?.entities ?? {});
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    if (found.kind !== 'found') return step.next();
    if (found.value.length === 0) await say(step.context, 'cooling-off.none');
    // What is done cannot be taken back: only where nothing is under way the newest one is told.
    const open = found.value.filter(({ request }) => request.status === 'processing');
    values.found = open.length > 0 ? open : found.value.slice(0, 1);
    if (values.found.length < 2) return step.next();
    return askWhich(services, step, 'cooling-off.which', values.found);
  }

  function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { found = [], noEntry } = valuesOf(step);
    const one = found.find(({ request }) => request.id === chosen(step)) ?? found[0];
    if (one) return tellRequest(step, one);
    return noEntry ? askPerson(step, 'cooling-off.stuck') : askPage(step);
  }

  async function tellRequest(step: WaterfallStepContext, one: CardRequest): Promise<DialogTurnResult> {
    const { context } = step;
    const { request } = one;
    const { status, submittedAt, completedAt, revocableUntil } = request;
    const slots = {
      card: cardNameOf(one),
      when: whenOf(services, completedAt ?? submittedAt),
    };
    await say(context, `cooling-off.state-${status}`, slots);
    switch (status) {
      case 'completed':
        return askPerson(step, 'cooling-off.completed');
      case 'failed':
      case 'revoked':
        return finish(step, 'solved');
      case 'processing': {
        valuesOf(step).open = one;
        if (valuesOf(step).noEntry) return askPerson(step, 'cooling-off.stuck');
        if (!revocableUntil) return askEntry(step, 'cooling-off.unknown');
        const until = whenOf(services, revocableUntil);
        const key = isRevocable(request, services) ? 'cooling-off.revocable' : 'cooling-off.over';
        return askEntry(step, key, { until });
      }
    }
  }

  /** Some time before the platform's own deadline, when people are awake; without one nobody knows when. */
  function offersFor(step: WaterfallStepContext): ReminderOffer[] {
    const { open } = valuesOf(step);
    if (!open?.request.revocableUntil || !isRevocable(open.request, services)) return [];
    const latest = new Date(Date.parse(open.request.revocableUntil) - DEADLINE_LEAD_MS);
    const at = decentBefore(latest, services.settings.reminderHours).toISOString();
    const about = wordsOf(step.context, cardNameOf(open));
    return [{ kind: 'cooling-off-ending', at, subject: open.request.cardId, about }];
  }

  async function next(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const ended = step.result as Answer | RemindResult;
    if (isReminded(ended)) return finishReminded(step, ended, 'left');
    switch (chosen(step)) {
      case 'pending':
        return askEntry(step, 'cooling-off.pending');
      case 'completed':
        return askPerson(step, 'cooling-off.completed');
      case 'unclear':
        return askPerson(step, 'cooling-off.unclear');
      case 'look-again':
        return goTo(step, 'cooling-off');
      case 'revoked':
        return end(step, 'cooling-off.taken', 'solved');
      case 'no-entry':
        await say(step.context, 'cooling-off.noEntry');
        return toPerson(step);
      case 'person':
        return toPerson(step);
      default:
        await say(step.context, 'cooling-off.left');
        return offerReminders(step, offersFor(step));
    }
  }

  return new TopicDialog('cooling-off', 2, [look, tell, next, next, next], [remindMe(services)]);
}

function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return goTo(step, 'handoff', { reason: staffWords({ key: 'intents.cooling_off' }) });
}

async function end(
  step: WaterfallStepContext,
  key: 'cooling-off.wayBack' | 'cooling-off.taken',
  outcome: Outcome,
): Promise<DialogTurnResult> {
  await say(step.context, key);
  return finish(step, outcome);
}

import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  ask,
  finish,
  finishReminded,
  goTo,
  isReminded,
  menuPath,
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
import { askList, askPage, askWaiting, askWhy } from './questions.ts';
import { asideIn } from './readings.ts';
import {
  RECENTLY_BOUND,
  type RecentlyBound,
  type RecentlyBoundResult,
  recentlyBound,
} from './recently-bound.ts';
import { askWhich, type CardRequest, cardNameOf, findRequests, isRevocable } from './requests.ts';

interface ProgressValues {
  /** Set when a customer's message opened the topic: its words may ask something. */
  intent?: Intent;
  /** Handed over by the diagnosis. */
  cardId?: string;
  cardLast4?: string;
  blocker?: RecentlyBound;
  found?: CardRequest[];
  /** The one that is under way. */
  open?: CardRequest;
}

function valuesOf(step: WaterfallStepContext): ProgressValues {
  return step.values as ProgressValues;
}

function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer | undefined;
  if (answer?.kind === 'yes-no') return answer.yes ? 'person' : 'wait';
  return answer?.kind === 'choice' ? answer.value : '';
}

/** 解绑进度: what the platform says about the request, or else what the list of cards shows; the list decides. */
export function progress(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId, understanding } = turnOf(step.context);
    if (values.blocker) return step.beginDialog(RECENTLY_BOUND, values.blocker);
    if (values.intent) {
      await sayComfort(step);
      const aside = asideIn(saidIn(step));
      if (aside) await say(step.context, `progress.aside-${aside}`);
    }
    if (!customerId) return step.next();
    const named = values.cardId ? { cardId: values.cardId } : (understanding?.entities ?? {});
    const found = await findRequests(services, customerId, named);
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    if (found.kind !== 'found') return step.next();
    if (found.value.length === 0) await say(step.context, 'progress.none');
    values.found = found.value;
    if (found.value.length < 2) return step.next();
    return askWhich(services, step, 'progress.which', found.value);
  }

  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { found = [], blocker } = valuesOf(step);
    if (blocker) return afterBound(step, step.result as RecentlyBoundResult);
    const one = found.find(({ request }) => request.id === chosen(step)) ?? found[0];
    return one ? tellRequest(step, one) : askPage(step, menuPath(services.settings.appPath));
  }

  async function afterBound(
    step: WaterfallStepContext,
    { kind }: RecentlyBoundResult,
  ): Promise<DialogTurnResult> {
    const { cardLast4 } = valuesOf(step);
    if (kind === 'steps') return goTo(step, 'unbind-guide', { ...(cardLast4 && { cardLast4 }) });
    if (kind === 'person') {
      return goTo(step, 'handoff', { reason: staffWords({ key: 'progress.bound-name' }) });
    }
    await say(step.context, 'progress.bound-later');
    return finish(step, 'left');
  }

  async function tellRequest(step: WaterfallStepContext, one: CardRequest): Promise<DialogTurnResult> {
    const { context } = step;
    const { request } = one;
    const when = whenOf(services, request.completedAt ?? request.submittedAt);
    const slots = { card: cardNameOf(one), when };
    switch (request.status) {
      case 'processing': {
        valuesOf(step).open = one;
        await say(context, 'progress.processing', slots);
        const { revocableUntil } = request;
        if (revocableUntil && isRevocable(request, services)) {
          await say(context, 'progress.revocable', { until: whenOf(services, revocableUntil) });
        }
        return askWaiting(step, 'progress.overdue');
      }
      case 'completed':
        return askList(step, slots);
      case 'failed':
        return askWhy(step, 'progress.failed', slots);
      case 'revoked':
        await say(context, 'progress.revoked', slots);
        return finish(step, 'solved');
    }
  }

  /** Only the platform knows when a request is done. */
  function offersFor(step: WaterfallStepContext): ReminderOffer[] {
    const { open } = valuesOf(step);
    if (!open) return [];
    const about = wordsOf(step.context, cardNameOf(open));
    return [{ kind: 'unbound', subject: open.request.cardId, about }];
  }

  async function next(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const ended = step.result as Answer | RemindResult;
    if (isReminded(ended)) {
      if (ended.kind === 'not-offered') await say(step.context, 'progress.later');
      return finishReminded(step, ended, 'left');
    }
    switch (chosen(step)) {
      case 'person':
        return goTo(step, 'handoff', { reason: staffWords({ key: 'intents.unbind_progress' }) });
      case 'revoke':
        return goTo(step, 'cooling-off');
      case 'why':
        return goTo(step, 'diagnose');
      case 'gone':
        await say(step.context, 'progress.done');
        return goTo(step, 'aftercare');
      case 'pending':
        return askWaiting(step, 'progress.pending');
      case 'unchanged':
        return askWhy(step, 'progress.unchanged');
      case 'unclear':
        return ask(step, {
          kind: 'yes-no',
          key: 'progress.unclear',
          yes: 'common.toHuman',
          no: 'common.notNow',
        });
      case 'wait':
        return offerReminders(step, offersFor(step));
      default:
        await say(step.context, 'progress.later');
        return finish(step, 'left');
    }
  }

  return new TopicDialog(
    'progress',
    2,
    [look, tell, next, next, next],
    [recentlyBound(services), remindMe(services)],
  );
}

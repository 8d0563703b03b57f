import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Outcome } from '../../src/domain/outcome.ts';
import { type CardPlan, openCodes } from '../../src/domain/plan.ts';
import {
  type Answer,
  currentPlan,
  finish,
  finishReminded,
  goTo,
  isReminded,
  offerReminders,
  planKeeper,
  type RemindResult,
  say,
  staffWords,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { lookAt, planNow, toRequest, toSteps, toUnknown, workOn } from './look.ts';
import { cardSlots, matters } from './names.ts';
import { askPerson } from './questions.ts';
import { waitedFor } from './waiting.ts';

/**
 * On with the next one that the platform still shows. `again`: with the first of those that were worked through,
 * where nothing else is left.
 */
async function goOnWith(
  step: WaterfallStepContext,
  services: Services,
  plan: CardPlan,
  again: boolean,
): Promise<DialogTurnResult> {
  const { context } = step;
  const { customerId } = turnOf(context);
  const wanted = (one: CardPlan) => openCodes(one)[0] ?? (again ? one.codes[0] : undefined);
  const next = wanted(plan);
  if (!customerId || !plan.card || !next) return finish(step, 'left');
  const looked = await lookAt(services, customerId, plan.card.id);
  // The topic says by itself what it cannot look up.
  if (looked.kind === 'unavailable' || looked.kind === 'gone') return workOn(step, plan, next, []);
  if (looked.kind !== 'bound') return toRequest(step, looked);
  const { card, eligibility } = looked;
  const { blockers, eligible } = eligibility;
  const now = planNow(step, services, card, blockers, plan);
  if (blockers.length === 0 && !eligible) return toUnknown(step, card);
  if (blockers.length === 0) {
    await say(context, 'diagnose.allGone', cardSlots(card));
    return toSteps(step, services, card, eligibility);
  }
  const gone = plan.codes.filter((code) => !now.codes.includes(code));
  if (gone.length > 0) await say(context, 'diagnose.gone', { matters: matters(gone) });
  const still = wanted(now);
  if (still) return workOn(step, now, still, blockers);
  await say(context, 'diagnose.keepWaiting');
  return finish(step, 'left');
}

/** The customer says that what was talked about is done, and nobody can look it up. */
function believe(step: WaterfallStepContext, services: Services, plan: CardPlan): Promise<DialogTurnResult> {
  const [done] = [...openCodes(plan), ...plan.codes];
  if (done && !plan.worked.includes(done)) plan.worked.push(done);
  if (openCodes(plan).length > 0) return goOnWith(step, services, plan, false);
  plan.guided = true;
  return goTo(step, 'unbind-guide', { ...(plan.card && { cardLast4: plan.card.last4 }) });
}

/** Tells what is left and how it is gone on with. */
export async function sayKept(step: WaterfallStepContext, plan: CardPlan): Promise<void> {
  await say(step.context, 'diagnose.kept', { matters: matters(openCodes(plan)) });
}

/** Acts on the answer to any question about the plan; `otherwise`: the outcome when it is left for another day. */
export async function readAnswer(
  step: WaterfallStepContext,
  services: Services,
  otherwise: Outcome,
): Promise<DialogTurnResult> {
  const answer = step.result as Answer | RemindResult;
  if (isReminded(answer)) {
    if (answer.kind === 'not-offered') await say(step.context, 'diagnose.keepWaiting');
    return finishReminded(step, answer, otherwise);
  }
  const plan = currentPlan(step.context);
  if (!plan) return finish(step, otherwise);
  if (answer.kind === 'yes-no' && answer.yes) return goOnWith(step, services, plan, false);
  if (answer.kind === 'yes-no') {
    await sayKept(step, plan);
    return finish(step, otherwise);
  }
  switch (answer.kind === 'choice' ? answer.value : 'wait') {
    case 'unbound':
      plan.guided = true;
      return goTo(step, 'aftercare');
    case 'ready':
      return believe(step, services, plan);
    case 'again':
      return goOnWith(step, services, plan, true);
    case 'not-yet':
      return askPerson(step);
    case 'person':
      delete planKeeper(step.context).plan?.working;
      return goTo(step, 'handoff', { reason: staffWords({ key: 'topics.diagnose' }) });
    default:
      return offerReminders(step, await waitedFor(step, services, plan));
  }
}

import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { isSameBank } from '../../src/domain/bank.ts';
import { type CardPlan, dropPlan, keepPlan, openCodes } from '../../src/domain/plan.ts';
import type { Card, Eligibility } from '../../src/domain/platform.ts';
import type { ReminderDue } from '../../src/domain/reminder.ts';
import {
  aboutWords,
  currentPlan,
  finish,
  goTo,
  planKeeper,
  say,
  sayPlatformDown,
  turnOf,
  whatWords,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { sayReminder } from '../reminders/notice.ts';
import { readAnswer } from './answers.ts';
import { FIND, type FindOptions } from './find.ts';
import { askNext } from './go-on.ts';
import { type Looked, lookAt, planNow, toRequest, toSteps, toUnknown, workOn } from './look.ts';
import { cardSlots, stepName } from './names.ts';
import { askHow, askSolved, askWaiting } from './questions.ts';
import { knownSymptom } from './symptoms.ts';
import { sayWhere } from './where.ts';

export const COME_BACK = 'come-back';

/** Why the plan is taken up again: the customer said so or only said hello, or a reminder of it was told. */
export interface ComeBackOptions {
  back: 'said' | 'greeted' | 'reminded';
  due?: ReminderDue;
}

function optionsOf(step: WaterfallStepContext): ComeBackOptions {
  return step.options as ComeBackOptions;
}

/** The card that the customer names now comes first. */
function choosePlan(step: WaterfallStepContext): CardPlan | undefined {
  const keeper = planKeeper(step.context);
  const { cardLast4, bank } = turnOf(step.context).understanding?.entities ?? {};
  const named = keeper.plan?.cards.find(
    ({ card }) =>
      card && (cardLast4 ? card.last4 === cardLast4 : bank !== undefined && isSameBank(card.bank, bank)),
  );
  if (named) keepPlan(keeper, named);
  return currentPlan(step.context);
}

/** 回来接着办: what is done, what is left, what is next; begins with `ComeBackOptions`. */
export function comeBack(services: Services): WaterfallDialog {
  async function tellWhere(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { back, due } = optionsOf(step);
    const plan = choosePlan(step);
    if (!plan || plan.replan) return replan(step, plan);
    const { customerId } = turnOf(step.context);
    const looked: Looked =
      customerId && plan.card ? await lookAt(services, customerId, plan.card.id) : { kind: 'unavailable' };
    if (due && (looked.kind === 'gone' || looked.kind === 'unavailable')) {
      await sayReminder(step.context, due);
      return finish(step, 'reminder');
    }
    if (back === 'greeted' && looked.kind !== 'gone') await say(step.context, 'diagnose.hello');
    if (due) await sayDue(step, due);
    switch (looked.kind) {
      case 'gone':
        dropPlan(planKeeper(step.context));
        return back === 'greeted' ? goTo(step, 'small-talk', { intent: 'greet' }) : replan(step, undefined);
      case 'unavailable':
        if (plan.card) await sayPlatformDown(step);
        return askAboutIt(step, plan);
      case 'bound':
        return tellBound(step, plan, looked.card, looked.eligibility);
      default:
        return toRequest(step, looked);
    }
  }

  /** What another release had planned cannot be read any more: the platform is asked anew. */
  async function replan(step: WaterfallStepContext, plan: CardPlan | undefined): Promise<DialogTurnResult> {
    if (plan) {
      dropPlan(planKeeper(step.context));
      const topic = { key: 'topics.diagnose' } as const;
      await say(step.context, 'common.flowUpdated', { topic });
    }
    return step.replaceDialog(FIND, { ...(plan?.card && { cardId: plan.card.id }) } satisfies FindOptions);
  }

  async function sayDue(step: WaterfallStepContext, { kind, cause, about }: ReminderDue): Promise<void> {
    const key = cause === 'platform' ? 'diagnose.remindedReported' : 'diagnose.remindedTime';
    await say(step.context, key, { about: aboutWords(about), what: whatWords(kind) });
  }

  function askAboutIt(step: WaterfallStepContext, plan: CardPlan): Promise<DialogTurnResult> {
    if (plan.guided) return askSolved(step);
    const symptom = knownSymptom(plan.symptom);
    const [code] = [...openCodes(plan), ...plan.codes];
    if (symptom) return askHow(step, { key: `topics.${symptom}` });
    return code ? askHow(step, stepName(code)) : replan(step, plan);
  }

  async function tellBound(
    step: WaterfallStepContext,
    before: CardPlan,
    card: Card,
    eligibility: Eligibility,
  ): Promise<DialogTurnResult> {
    const { blockers, eligible } = eligibility;
    if (blockers.length === 0 && !eligible) return toUnknown(step, card);
    if (blockers.length === 0 && before.guided) return askSolved(step);
    if (blockers.length === 0) {
      await say(step.context, 'diagnose.allGone', cardSlots(card));
      return toSteps(step, services, card, eligibility);
    }
    const now = planNow(step, services, card, blockers, before);
    await sayWhere(services, step, before, now);
    const [next] = openCodes(now);
    if (!next) return askWaiting(step);
    if (optionsOf(step).back === 'said') return workOn(step, now, next, blockers);
    return askNext(step, 'diagnose.nextNow', next);
  }

  function act(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return readAnswer(step, services, optionsOf(step).due ? 'reminder' : 'left');
  }

  // After the first answer a person may be offered, then a reminder.
  return new WaterfallDialog(COME_BACK, [tellWhere, act, act, act]);
}

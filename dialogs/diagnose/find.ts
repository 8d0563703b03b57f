import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { isSameBank } from '../../src/domain/bank.ts';
import { planOfCard } from '../../src/domain/plan.ts';
import type { Card, Eligibility } from '../../src/domain/platform.ts';
import {
  type Answer,
  ask,
  finish,
  goTo,
  type Line,
  notesOf,
  planKeeper,
  say,
  sayPlatformDown,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { planNow, toSteps, toUnknown, workOn } from './look.ts';
import { cardSlots, planWords } from './names.ts';
import { askSymptom, followSymptom } from './symptoms.ts';
import { sayWhere } from './where.ts';

export const FIND = 'find';

export interface FindOptions {
  /** The card that was talked about before; absent = the customer says which. */
  cardId?: string;
}

interface FindValues {
  cards: Card[];
}

function namedCard(step: WaterfallStepContext, cards: Card[]): Card | undefined {
  const { cardLast4, bank } = turnOf(step.context).understanding?.entities ?? {};
  const { cardId } = step.options as FindOptions;
  const fitting = cards.filter((card) => {
    if (cardLast4) return card.last4 === cardLast4;
    return bank === undefined ? card.id === cardId : isSameBank(card.bank, bank);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** 查原因: which card, what the platform says about it, or else one question; begins with `FindOptions`. */
export function find(services: Services): WaterfallDialog {
  async function chooseCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { customerId } = turnOf(step.context);
    if (!customerId) {
      await say(step.context, 'diagnose.anonymous');
      return askSymptom(step);
    }
    const found = await services.platform.cards(customerId);
    if (found.kind !== 'found') return cannotSee(step, found.kind);
    const cards = found.value.filter((card) => card.type === 'credit' && card.status !== 'unbound');
    (step.values as unknown as FindValues).cards = cards;
    if (cards.length === 0) {
      await say(step.context, 'diagnose.noCard');
      return finish(step, 'solved');
    }
    const only = cards.length === 1 ? cards[0] : namedCard(step, cards);
    if (only) return step.next({ kind: 'choice', value: `card:${only.id}` });
    return ask(step, {
      kind: 'choice',
      key: 'diagnose.whichCard',
      choices: cards.map((card) => ({
        value: `card:${card.id}`,
        key: 'diagnose.card',
        slots: cardSlots(card),
      })),
    });
  }

  async function cannotSee(
    step: WaterfallStepContext,
    kind: 'unavailable' | 'not-found',
  ): Promise<DialogTurnResult> {
    if (kind === 'unavailable') await sayPlatformDown(step);
    else await say(step.context, 'diagnose.noAccount');
    return askSymptom(step);
  }

  async function lookAtCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind !== 'choice' || !answer.value.startsWith('card:')) return followSymptom(step, services);
    const { customerId } = turnOf(step.context);
    const { cards } = step.values as unknown as FindValues;
    const card = cards.find((one) => `card:${one.id}` === answer.value);
    if (!customerId || !card) return finish(step, 'left');
    if (card.status === 'unbinding') {
      await say(step.context, 'diagnose.unbinding', cardSlots(card));
      return goTo(step, 'progress', { cardId: card.id });
    }
    const found = await services.platform.eligibility(customerId, card.id);
    return found.kind === 'found' ? tell(step, card, found.value) : cannotSee(step, found.kind);
  }

  async function tell(
    step: WaterfallStepContext,
    card: Card,
    eligibility: Eligibility,
  ): Promise<DialogTurnResult> {
    const { context } = step;
    const { blockers } = eligibility;
    notesOf(context).causes.push(...blockers.map(({ code }) => code));
    if (blockers.length === 0 && !eligibility.eligible) return toUnknown(step, card);
    if (blockers.length === 0) {
      await say(context, 'diagnose.nothingInTheWay', cardSlots(card));
      return toSteps(step, services, card, eligibility);
    }
    const before = planOfCard(planKeeper(context), card.id);
    const plan = planNow(step, services, card, blockers, before);
    const [first] = plan.codes;
    if (!first) return toUnknown(step, card);
    const known = before && before.codes.length + plan.codes.length > 2;
    if (known) await sayWhere(services, step, before, plan);
    else if (plan.codes.length > 1) {
      const slots = { count: plan.codes.length, plan: planWords(plan.codes) };
      await say(context, 'diagnose.severalBlockers', { ...cardSlots(card), ...slots });
    } else {
      const blocker: Line = { key: `diagnose.blocker-${first}` };
      await say(context, 'diagnose.oneBlocker', { ...cardSlots(card), blocker });
    }
    const next = plan.codes.find((code) => !plan.worked.includes(code)) ?? first;
    return workOn(step, plan, next, blockers);
  }

  return new WaterfallDialog(FIND, [chooseCard, lookAtCard, (step) => followSymptom(step, services)]);
}

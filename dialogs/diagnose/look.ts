import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { rankBlockers } from '../../src/domain/blocker.ts';
import { type CardPlan, dropPlan, keepPlan, openCodes } from '../../src/domain/plan.ts';
import type { Blocker, BlockerCode, Card, Eligibility } from '../../src/domain/platform.ts';
import { goTo, planKeeper, say } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { topicOfBlocker } from './blockers.ts';
import { cardSlots, stepName } from './names.ts';

/** How a planned card stands now. */
export type Looked =
  | { kind: 'bound'; card: Card; eligibility: Eligibility }
  | { kind: 'unbinding'; card: Card }
  | { kind: 'unbound'; card: Card }
  | { kind: 'gone' }
  | { kind: 'unavailable' };

/** Asks the platform about one card. */
export async function lookAt(services: Services, customerId: string, cardId: string): Promise<Looked> {
  const cards = await services.platform.cards(customerId);
  if (cards.kind === 'unavailable') return { kind: 'unavailable' };
  const card = cards.kind === 'found' ? cards.value.find(({ id }) => id === cardId) : undefined;
  if (!card) return { kind: 'gone' };
  if (card.status !== 'bound') return { kind: card.status, card };
  const found = await services.platform.eligibility(customerId, cardId);
  if (found.kind === 'unavailable') return { kind: 'unavailable' };
  return found.kind === 'found' ? { kind: 'bound', card, eligibility: found.value } : { kind: 'gone' };
}

/** Writes down what stands in the way now; what was worked through stays so. */
export function planNow(
  step: WaterfallStepContext,
  { clock }: Services,
  card: Card,
  blockers: readonly Blocker[],
  before: CardPlan | undefined,
): CardPlan {
  const codes = rankBlockers(blockers).map(({ code }) => code);
  const plan: CardPlan = {
    card: { id: card.id, bank: card.bank, last4: card.last4 },
    codes,
    worked: before?.worked.filter((code) => codes.includes(code)) ?? [],
    since: before?.since ?? clock.now().toISOString(),
  };
  keepPlan(planKeeper(step.context), plan);
  return plan;
}

/** Goes over to the topic of one blocker of the plan, whose end leads back to it. */
export function workOn(
  step: WaterfallStepContext,
  plan: CardPlan,
  code: BlockerCode,
  blockers: readonly Blocker[],
): Promise<DialogTurnResult> {
  const keeper = planKeeper(step.context);
  if (keeper.plan) keeper.plan.working = code;
  const blocker = blockers.find((one) => one.code === code);
  const others = openCodes(plan).filter((other) => other !== code);
  const { topic, options } = topicOfBlocker(code);
  return goTo(step, topic, {
    ...options,
    ...(blocker && { blocker, diagnosed: true }),
    ...(plan.card && { cardId: plan.card.id, cardLast4: plan.card.last4 }),
    others: others.map((other) => stepName(other)),
  });
}

/** Nothing stands in the way: on to the steps. That they were shown is remembered until the card is unbound. */
export async function toSteps(
  step: WaterfallStepContext,
  services: Services,
  card: Card,
  { autoDebits }: Eligibility,
): Promise<DialogTurnResult> {
  planNow(step, services, card, [], undefined).guided = true;
  return goTo(step, 'unbind-guide', { cardLast4: card.last4, autoDebits });
}

/** The platform refuses and does not say why: nobody is told a guess. */
export async function toUnknown(step: WaterfallStepContext, card: Card): Promise<DialogTurnResult> {
  await say(step.context, 'diagnose.unknownBlocker', cardSlots(card));
  return goTo(step, 'handoff', { reason: 'unknown-blocker' });
}

/** Unbinding is under way, or done: there is nothing to plan any more. */
export async function toRequest(
  step: WaterfallStepContext,
  { kind, card }: Extract<Looked, { kind: 'unbinding' | 'unbound' }>,
): Promise<DialogTurnResult> {
  dropPlan(planKeeper(step.context));
  await say(step.context, `diagnose.${kind}`, cardSlots(card));
  return kind === 'unbound' ? goTo(step, 'aftercare') : goTo(step, 'progress', { cardId: card.id });
}

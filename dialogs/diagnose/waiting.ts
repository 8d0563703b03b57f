import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { CardPlan } from '../../src/domain/plan.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import { type ReminderOffer, wordsOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { remindedOf } from './concerns.ts';
import { cardSlots } from './names.ts';
import { underReview } from './where.ts';

/** What can be reported of the plan, first to come first; a decision about a case is told in any case. */
export async function waitedFor(
  step: WaterfallStepContext,
  services: Services,
  plan: CardPlan,
): Promise<ReminderOffer[]> {
  const { card } = plan;
  if (!card) return [];
  const reviews = await underReview(services, step, plan);
  const isReviewed = (code: BlockerCode) => reviews.some(({ codes }) => codes.includes(code));
  const kind = plan.codes
    .filter((code) => !isReviewed(code))
    .map(remindedOf)
    .find((one) => one !== undefined);
  if (!kind) return [];
  const about = wordsOf(step.context, { key: 'diagnose.cardName', slots: cardSlots(card) });
  return [kind === 'settled' ? { kind, subject: card.id, about } : { kind }];
}

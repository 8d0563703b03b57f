import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { CardPlan } from '../../src/domain/plan.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import { type Line, ownerOf, say } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { REVIEWED } from './concerns.ts';
import { cardSlots, matters } from './names.ts';

const UNDECIDED = ['submitted', 'in-review', 'needs-more'];

/** What waits for a reviewer, and the number under which it does. */
export async function underReview(services: Services, step: WaterfallStepContext, plan: CardPlan) {
  const cases = await services.cases.list(ownerOf(step));
  return cases
    .filter(({ state }) => UNDECIDED.includes(state))
    .map(({ kind, number = '' }) => ({
      number,
      codes: plan.codes.filter((code) => REVIEWED[kind]?.includes(code)),
    }))
    .filter(({ codes }) => codes.length > 0)
    .slice(0, 2);
}

/** Tells how the plan stands: what is gone, what waits, what is left, and what has come up since. */
export async function sayWhere(
  services: Services,
  step: WaterfallStepContext,
  before: CardPlan,
  now: CardPlan,
): Promise<void> {
  const gone = before.codes.filter((code) => !now.codes.includes(code));
  const reviews = await underReview(services, step, now);
  const inReview = reviews.flatMap(({ codes }) => codes);
  const others = now.codes.filter((code) => !inReview.includes(code));
  const line = (key: Line['key'], codes: BlockerCode[]): Line[] =>
    codes.length > 0 ? [{ key, slots: { matters: matters(codes) } }] : [];
  const lines: Line[] = [
    ...line('diagnose.lineGone', gone),
    ...reviews.map(({ number, codes }): Line => {
      return { key: 'diagnose.lineInReview', slots: { number, matters: matters(codes) } };
    }),
    ...line(
      'diagnose.lineWaiting',
      others.filter((code) => now.worked.includes(code)),
    ),
    ...line(
      'diagnose.lineOpen',
      others.filter((code) => before.codes.includes(code) && !now.worked.includes(code)),
    ),
    ...line(
      'diagnose.lineNew',
      others.filter((code) => !before.codes.includes(code)),
    ),
  ];
  const card = now.card ?? { bank: '', last4: '' };
  await say(step.context, 'diagnose.where', { ...cardSlots(card), lines: { lines } });
}

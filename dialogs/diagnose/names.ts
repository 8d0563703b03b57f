import type { PlannedCard } from '../../src/domain/plan.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import type { Line, SlotValue } from '../kit/index.ts';

/** What is in the way: 风控锁定. */
export function matters(codes: readonly BlockerCode[]): SlotValue {
  return { list: codes.map((code): Line => ({ key: `diagnose.matter-${code}` })) };
}

/** What has to be done about it: 解除风控锁定. */
export function stepName(code: BlockerCode): Line {
  return { key: `diagnose.step-${code}` };
}

/** 「先…，再…，最后…」 for two or more. */
export function planWords(codes: readonly BlockerCode[]): Line {
  const names = codes.map(stepName);
  const [first = '', last = ''] = [names.at(0), names.at(-1)];
  const middle = names.slice(1, -1);
  if (middle.length === 0) return { key: 'diagnose.orderOfTwo', slots: { first, last } };
  return { key: 'diagnose.orderOfMore', slots: { first, middle: { list: middle }, last } };
}

/** The card as slots of a text. */
export function cardSlots({ bank, last4 }: Pick<PlannedCard, 'bank' | 'last4'>) {
  return { bank, last4 };
}

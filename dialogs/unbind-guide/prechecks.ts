import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ask, type Choice, turnOf } from '../kit/index.ts';
import { PRECHECK_ANSWERS } from './readings.ts';

/**
 * 「这三样都没问题吗?」 `good`, `unsure`, `look`, or what was said instead: `card`, `several`, `none-left`,
 * `agreements`. `told`: the three were read already.
 */
export function askPrechecks(
  step: WaterfallStepContext,
  told: boolean | undefined,
): Promise<DialogTurnResult> {
  const choices: Choice[] = [
    { value: 'good', key: 'unbind-guide.allGood' },
    { value: 'unsure', key: 'unbind-guide.notSure' },
  ];
  if (turnOf(step.context).customerId) choices.push({ value: 'look', key: 'unbind-guide.checkForMe' });
  return ask(step, {
    kind: 'choice',
    key: told ? 'unbind-guide.prechecksRetry' : 'unbind-guide.prechecks',
    choices,
    spoken: PRECHECK_ANSWERS,
    retry: 'unbind-guide.prechecksRetry',
  });
}

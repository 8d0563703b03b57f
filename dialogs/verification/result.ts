import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Answer } from '../kit/index.ts';
import { correctedTo, type Method } from './methods.ts';

/**
 * How the talk about one method ends. `try`: what can be done has been told or done;
 * `later`: the customer does it first; `stuck`: only a person can help;
 * `other`: it is another method after all.
 */
export type MethodResult =
  | { kind: 'try' }
  | { kind: 'later' }
  | { kind: 'stuck' }
  | { kind: 'other'; method: Method };

/** The value of the choice that was made. */
export function chosen(step: WaterfallStepContext): string | undefined {
  const answer = step.result as Answer | undefined;
  if (answer?.kind === 'yes-no') return answer.yes ? 'yes' : 'no';
  return answer?.kind === 'choice' ? answer.value : undefined;
}

/** The method that the answer turned to instead of answering. */
export function otherMethod(step: WaterfallStepContext): MethodResult | undefined {
  const method = correctedTo(chosen(step) ?? '');
  return method && { kind: 'other', method };
}

/** Ends the talk about a method. */
export function endWith(step: WaterfallStepContext, result: MethodResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

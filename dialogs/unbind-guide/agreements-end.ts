import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { type Answer, type Goto, type SlotValue, say } from '../kit/index.ts';

/** `later`: the customer deals with them first and comes back. */
export type AgreementsResult = { kind: 'continue' } | { kind: 'later' } | Goto;

/** The value of the choice that was made. */
export function chosen(step: WaterfallStepContext): string | undefined {
  const answer = step.result as Answer;
  return answer.kind === 'choice' ? answer.value : undefined;
}

/** Ends the questions about agreements. */
export function endWith(step: WaterfallStepContext, result: AgreementsResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

/** Acts on 「先去处理」; `open`: what is still to be dealt with, as far as it has names. */
export async function leaveOrGoOn(step: WaterfallStepContext, open: SlotValue[]): Promise<DialogTurnResult> {
  if (chosen(step) !== 'later') return endWith(step, { kind: 'continue' });
  if (open.length > 0) await say(step.context, 'unbind-guide.laterTodo', { todo: { list: open } });
  else await say(step.context, 'unbind-guide.later');
  return endWith(step, { kind: 'later' });
}

import { type DialogContext, DialogReason } from 'botbuilder-dialogs';
import { isChoice, offered, questionOf } from '../../dialogs/index.ts';

/**
 * A button of the question that waits below: what was asked about in between is ended for it, and the message is
 * left to be read as the answer. False when it is no such button.
 */
export async function backForButton(dc: DialogContext): Promise<boolean> {
  const [top, below] = [dc.stack.at(-1), dc.stack.at(-2)];
  const question = questionOf(below);
  if (!top || !question || !isChoice(dc.context, offered(question))) return false;
  await dc.findDialog(top.id)?.endDialog(dc.context, top, DialogReason.cancelCalled);
  dc.stack.pop();
  return true;
}

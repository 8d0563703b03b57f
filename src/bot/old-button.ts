import { type DialogContext, DialogReason } from 'botbuilder-dialogs';
import { isChoice, MENU, offered, questionOf, say, TOPIC_OF } from '../../dialogs/index.ts';
import type { Understanding } from '../domain/intent.ts';

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

/** A button of an earlier step: what is asked now is asked again, or what can be asked is shown. */
export async function sayOldButton(dc: DialogContext, { decision, intent }: Understanding): Promise<void> {
  if (!dc.activeDialog) return say(dc.context, 'common.oldButton', {}, { choices: MENU });
  // The very button that has opened this is no old one.
  const opened = decision === 'accept' && TOPIC_OF[intent] === dc.activeDialog.id;
  if (!opened) await say(dc.context, 'common.oldButton');
  await dc.repromptDialog();
}

import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import { isEnded, isGoto, nextTopic } from '../../dialogs/index.ts';

/** Topics that end by going over to another one, or back to a plan, are followed until one waits for the customer. */
export async function follow(dc: DialogContext, result: DialogTurnResult): Promise<void> {
  let last = result;
  while (last.status === DialogTurnStatus.complete && (isGoto(last.result) || isEnded(last.result))) {
    const next = nextTopic(dc.context, last.result);
    if (!next) return;
    last = await dc.beginDialog(next.goto, next.options);
  }
}

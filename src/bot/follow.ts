import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import { isGoto } from '../../dialogs/index.ts';

/** Topics that end by going over to another one are followed until one waits for the customer. */
export async function follow(dc: DialogContext, result: DialogTurnResult): Promise<void> {
  let last = result;
  while (last.status === DialogTurnStatus.complete && isGoto(last.result)) {
    last = await dc.beginDialog(last.result.goto, last.result.options);
  }
}

import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import { isGoto, TOPIC_OF } from '../../dialogs/index.ts';
import type { Intent } from '../domain/intent.ts';

/** Topics that end by going over to another one are followed until one waits for the customer. */
export async function follow(dc: DialogContext, result: DialogTurnResult): Promise<void> {
  let last = result;
  while (last.status === DialogTurnStatus.complete) {
    const ended: unknown = last.result;
    if (isGoto(ended)) last = await dc.beginDialog(ended.goto, ended.options);
    else if (isIntent(ended)) last = await dc.beginDialog(TOPIC_OF[ended.intent], ended);
    else return;
  }
}

function isIntent(result: unknown): result is { intent: Intent } {
  return typeof result === 'object' && result !== null && 'intent' in result;
}

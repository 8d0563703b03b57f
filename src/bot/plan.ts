import type { DialogContext } from 'botbuilder-dialogs';
import {
  comesBack,
  goesOn,
  isOffer,
  planKeeper,
  type Question,
  readAnswer,
  type TopicId,
} from '../../dialogs/index.ts';
import { endWork } from '../domain/plan.ts';
import { follow } from './follow.ts';
import { resumeBelow } from './other-release.ts';

/** The plan that the open topic is part of: it is looked at anew instead of beside it. */
export function isPlanOf({ context }: DialogContext, topic: TopicId): boolean {
  return topic === 'diagnose' && planKeeper(context).plan?.working !== undefined;
}

/**
 * 「昨天聊到一半」「弄好了」: the open question is where it stopped, unless it was only an offer; then the plan is
 * taken up again. False when the words are about something else.
 */
export async function takeUpAgain(dc: DialogContext, question: Question): Promise<boolean> {
  if (readAnswer(dc.context, question)) return false;
  if (dc.stack.length === 1 && isOffer(question) && comesBack(dc.context) === 'said') {
    endWork(planKeeper(dc.context));
    await follow(dc, await dc.replaceDialog('diagnose', { back: 'said' }));
    return true;
  }
  if (!goesOn(dc.context)) return false;
  await resumeBelow(dc);
  return true;
}

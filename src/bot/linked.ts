import type { DialogContext } from 'botbuilder-dialogs';
import {
  goOnAs,
  MENU,
  openQuestion,
  outdated,
  say,
  type TextKey,
  type TopicId,
} from '../../dialogs/index.ts';
import type { Turn } from '../domain/turn.ts';
import { follow } from './follow.ts';
import type { Memory } from './memory.ts';

/** Questions that whoever is not known is asked, by where to go on once they are: what was guessed can be looked up. */
const GOES_ON: Partial<Record<TextKey, TopicId>> = {
  'diagnose.symptom': 'diagnose',
  'card-status.signInFirst': 'diagnose',
  'identity-mismatch.signInFirst': 'diagnose',
  'identity-mismatch.signInAgain': 'diagnose',
  'risk-lock.signInFirst': 'diagnose',
  'dispute.signInFirst': 'dispute',
};

/** Whether the customer was nobody with their last message and is somebody with this one; remembered for the next. */
export function isJustLinked({ customerId }: Turn, memory: Memory): boolean {
  const was = memory.isUnknown === true;
  memory.isUnknown = customerId === undefined;
  return was && customerId !== undefined;
}

/**
 * Goes on with what an account was needed for, now that there is one: says so and looks it up. False when it was
 * needed for nothing, and the message says something of its own.
 */
export async function goOnLinked(dc: DialogContext, { understanding }: Turn): Promise<boolean> {
  const question = outdated(dc) ? undefined : openQuestion(dc);
  const topic = question && GOES_ON[question.key];
  if (topic) {
    await say(dc.context, 'common.linked');
    await follow(dc, await goOnAs(dc, topic, {}));
    return true;
  }
  if (dc.activeDialog || understanding?.decision === 'accept') return false;
  await say(dc.context, 'common.linkedNow', {}, { choices: MENU });
  return true;
}

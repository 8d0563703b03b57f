import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ask, type Slots } from '../kit/index.ts';
import { ENTRY, PAGE, STILL_PENDING } from './readings.ts';

/** Whether it was taken back on the page: `revoked`, `no-entry`, `leave`, or `look-again` for how it stands now. */
export function askEntry(
  step: WaterfallStepContext,
  key: 'cooling-off.revocable' | 'cooling-off.over' | 'cooling-off.unknown' | 'cooling-off.pending',
  slots: Slots = {},
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key,
    slots,
    choices: [
      { value: 'revoked', key: 'cooling-off.entryDone' },
      { value: 'no-entry', key: 'cooling-off.entryMissing' },
      { value: 'leave', key: 'cooling-off.entryLeave' },
    ],
    spoken: ENTRY,
    asides: STILL_PENDING,
    retry: 'cooling-off.entryRetry',
  });
}

/** What the page says, where the platform cannot tell: `pending`, `completed` or `unclear`. */
export function askPage(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'cooling-off.page',
    choices: [
      { value: 'pending', key: 'cooling-off.pagePending' },
      { value: 'completed', key: 'cooling-off.pageDone' },
      { value: 'unclear', key: 'cooling-off.pageUnclear' },
    ],
    spoken: PAGE,
    retry: 'cooling-off.pageRetry',
  });
}

/** Where only a person can say more: yes is a person. */
export function askPerson(
  step: WaterfallStepContext,
  key: 'cooling-off.completed' | 'cooling-off.unclear' | 'cooling-off.stuck',
): Promise<DialogTurnResult> {
  return ask(step, { kind: 'yes-no', key, yes: 'common.toHuman', no: 'common.notNow' });
}

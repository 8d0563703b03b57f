import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ask, type Choice, type Slots } from '../kit/index.ts';
import { LIST, PAGE, UNCHANGED, WAITING } from './readings.ts';

const PERSON: Choice = { value: 'person', key: 'common.toHuman' };

/** What the list of cards shows, where the platform cannot tell: `gone`, `pending`, `unchanged`, `unclear`, `revoke`. */
export function askPage(step: WaterfallStepContext, path: string): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'progress.page',
    slots: { path },
    choices: [
      { value: 'gone', key: 'progress.pageGone' },
      { value: 'pending', key: 'progress.pagePending' },
      { value: 'unchanged', key: 'progress.pageUnchanged' },
      { value: 'unclear', key: 'progress.pageUnclear' },
    ],
    spoken: PAGE,
    retry: 'progress.pageRetry',
  });
}

/** Whether the list agrees with the platform: `gone` or `person`. */
export function askList(step: WaterfallStepContext, slots: Slots): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'progress.completed',
    slots,
    choices: [
      { value: 'gone', key: 'progress.listAgrees' },
      { value: 'person', key: 'progress.listDiffers' },
    ],
    spoken: LIST,
  });
}

/** While it is under way: `person`, `wait` or `revoke`. */
export function askWaiting(
  step: WaterfallStepContext,
  key: 'progress.overdue' | 'progress.pending',
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key,
    choices: [{ value: 'wait', key: 'progress.wait' }, { value: 'revoke', key: 'progress.revoke' }, PERSON],
    spoken: WAITING,
    retry: 'progress.waitingRetry',
  });
}

/** It was not done: `why`, `person` or `wait`. */
export function askWhy(
  step: WaterfallStepContext,
  key: 'progress.failed' | 'progress.unchanged',
  slots: Slots = {},
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key,
    slots,
    choices: [{ value: 'why', key: 'progress.findCause' }, PERSON, { value: 'wait', key: 'common.notNow' }],
    spoken: UNCHANGED,
  });
}

import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Goto } from '../kit/index.ts';

export const CHECKS = 'checks';

/** How the checks ended: something helped, nothing did, or the customer goes on elsewhere. */
export type ChecksResult = { kind: 'helped' } | { kind: 'exhausted' } | Goto;

interface ChecksOptions {
  at: number;
}

/** The cheapest first; nothing that costs the customer more than a minute. */
const STEPS: readonly TextKey[] = [
  'maintenance.checkUpdate',
  'maintenance.checkNetwork',
  'maintenance.checkWeb',
];

async function askCheck(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { at } = step.options as ChecksOptions;
  const key = STEPS[at];
  if (!key) return step.endDialog({ kind: 'exhausted' } satisfies ChecksResult);
  return ask(step, {
    kind: 'choice',
    key,
    choices: [
      { value: 'works', key: 'maintenance.works' },
      { value: 'stuck', key: 'maintenance.stillStuck' },
      { value: 'tried-all', key: 'maintenance.triedAll' },
    ],
    retry: 'maintenance.checkRetry',
  });
}

async function readCheck(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind !== 'choice' || answer.value !== 'works') return step.next(answer);
  return ask(step, {
    kind: 'choice',
    key: 'maintenance.goOn',
    choices: [
      { value: 'guide', key: 'maintenance.showSteps' },
      { value: 'enough', key: 'maintenance.notNeeded' },
      { value: 'stuck', key: 'maintenance.brokeAgain' },
    ],
  });
}

async function readNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { at } = step.options as ChecksOptions;
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'stuck';
  if (value === 'guide') return step.endDialog({ goto: 'unbind-guide' } satisfies ChecksResult);
  if (value === 'enough') return step.endDialog({ kind: 'helped' } satisfies ChecksResult);
  const next: ChecksOptions = { at: value === 'tried-all' ? STEPS.length : at + 1 };
  return step.replaceDialog(CHECKS, next);
}

/** 低成本排查: at most three things to try, one at a time. Begins with `{ at: 0 }`, ends with `ChecksResult`. */
export function checks(): WaterfallDialog {
  return new WaterfallDialog(CHECKS, [askCheck, readCheck, readNext]);
}

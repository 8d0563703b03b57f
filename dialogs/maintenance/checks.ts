import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, asides, ask, type Goto, saidIn, spoken } from '../kit/index.ts';

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

/** Still not on another day: whoever has come so far is not sent through the rest of the checks. */
const ANOTHER_DAY = /第二天|隔天|过了.{0,2}天|(?:昨天|前天).*(?:今天|还是)|今天还是/u;

const NOT_ANNOUNCED = asides([
  [/(?:公告|没说|没写|没有|不是).{0,4}维护|no maintenance/u, 'maintenance.notAnnounced'],
]);

const TRIED = spoken(
  [
    [/(?:都|全|该试的).{0,2}试(?:过|了|遍)|试了?(?:个遍|好多|很多|好几)/u, 'tried-all'],
    [/不行|没用|没反应|不管用|一样|没变|还(?:是|在)|转圈|就是转/u, 'stuck'],
    [/可以|好了|行了|能点|有反应|动了/u, 'works'],
  ],
  { no: 'stuck', yes: 'works' },
);

const AND_NOW = spoken([[/不行|没用|没反应|还是|转圈|又/u, 'stuck']], { yes: 'guide', no: 'enough' });

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
    spoken: TRIED,
    asides: NOT_ANNOUNCED,
    again: 'maintenance.checkRetry',
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
    spoken: AND_NOW,
  });
}

async function readNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { at } = step.options as ChecksOptions;
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'stuck';
  if (value === 'guide') return step.endDialog({ goto: 'unbind-guide' } satisfies ChecksResult);
  if (value === 'enough') return step.endDialog({ kind: 'helped' } satisfies ChecksResult);
  const isOver = value === 'tried-all' || ANOTHER_DAY.test(saidIn(step));
  const next: ChecksOptions = { at: isOver ? STEPS.length : at + 1 };
  return step.replaceDialog(CHECKS, next);
}

/** 低成本排查: at most three things to try, one at a time. Begins with `{ at: 0 }`, ends with `ChecksResult`. */
export function checks(): WaterfallDialog {
  return new WaterfallDialog(CHECKS, [askCheck, readCheck, readNext]);
}

import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { ask, type Choice, spoken } from '../kit/index.ts';
import { corrections, LOCKED } from './methods.ts';

const METHODS: Choice[] = [
  { value: 'method:sms', key: 'verification.noSms' },
  { value: 'old-number', key: 'verification.numberChanged' },
  { value: 'method:face', key: 'verification.faceFails' },
  { value: 'method:password', key: 'verification.passwordFails' },
];

const METHOD_READINGS = [
  [
    /换.{0,3}号|旧号|停机|换手机|old (?:number|phone)|changed (?:my )?(?:number|phone)|new number/u,
    'old-number',
  ],
  [/等着|知道|明白|先等|收到了?$|\bwait\b/u, 'wait'],
  [ENGLISH_ENOUGH, 'wait'],
  ...corrections(),
] as const;
const WHICH_METHOD = spoken([[LOCKED, 'locked'], ...METHOD_READINGS]);
const WHILE_LOCKED = spoken(METHOD_READINGS);

const WHAT_NEXT = spoken(
  [
    [/步骤|后面|接着|继续|怎么|steps|\bnext\b|go on|continue|\bhow\b/u, 'steps'],
    [/解绑|没了|成了|办好|提交了|\bunbound\b|its gone|submitted|it worked/u, 'unbound'],
    [/不用|知道|明白|谢/u, 'enough'],
    [ENGLISH_ENOUGH, 'enough'],
  ],
  { yes: 'steps', no: 'enough' },
);

/** 「您卡在哪一样?」 Answered with `method:…`, `old-number`, and `wait` while it is locked or else `locked` or `none`. */
export function askWhichMethod(step: WaterfallStepContext, locked: boolean): Promise<DialogTurnResult> {
  const last: Choice = locked
    ? { value: 'wait', key: 'verification.willWait' }
    : { value: 'none', key: 'common.noneOfThese' };
  return ask(step, {
    kind: 'choice',
    key: locked ? 'verification.beforeLock' : 'verification.whichMethod',
    choices: [...METHODS, last],
    spoken: locked ? WHILE_LOCKED : WHICH_METHOD,
  });
}

/** After it has passed: `steps`, `unbound` or `enough`. */
export function askWhatNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'verification.passed',
    choices: [
      { value: 'steps', key: 'verification.showRest' },
      { value: 'unbound', key: 'verification.unbound' },
      { value: 'enough', key: 'verification.enough' },
    ],
    spoken: WHAT_NEXT,
  });
}

/** Where trying again would only make it worse. */
export function offerPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'yes-no',
    key: 'verification.offerPerson',
    yes: 'common.toHuman',
    no: 'common.notNow',
  });
}

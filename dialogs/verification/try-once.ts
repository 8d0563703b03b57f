import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_LATER } from '../kit/english.ts';
import { ask, say, spoken } from '../kit/index.ts';
import { chosen } from './result.ts';

export const TRY_ONCE = 'try-once';

export type TryResult = { kind: 'passed' } | { kind: 'failed' } | { kind: 'later' };

interface TryOptions {
  question?: TextKey;
}

const TRIED = spoken(
  [
    [/还没试|晚点|回头|明天|先不试|待会|等会/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [
      /又要|还要|另外要|多了一步|再验|身份证|also (?:wants|asks)|one more step|asks for more|id card/u,
      'extra',
    ],
    [
      /还是|没过|不过|没收到|收不到|没来|不来|不行|没用|失败|还没|一样|不对|fail|still (?:not|doesnt|cant)|didnt (?:work|come|arrive)|not (?:working|received)|no (?:code|message)|\bsame\b/u,
      'failed',
    ],
    [
      /过了|收到|可以了|好了|成了|行了|通过|passed|worked|it works|received|got (?:it|the code)|success|went through/u,
      'passed',
    ],
  ],
  { yes: 'passed', no: 'failed' },
);

async function askTried(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { question = 'verification.tryOnce' } = step.options as TryOptions;
  return ask(step, {
    kind: 'choice',
    key: question,
    choices: [
      { value: 'passed', key: 'verification.passedYes' },
      { value: 'failed', key: 'verification.stillNot' },
      { value: 'extra', key: 'verification.asksForMore' },
      { value: 'later', key: 'verification.tryLater' },
    ],
    spoken: TRIED,
    retry: 'verification.tryRetry',
  });
}

async function readTried(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const value = chosen(step);
  if (value === 'extra') {
    await say(step.context, 'verification.extraCheck');
    return step.replaceDialog(TRY_ONCE, { question: 'verification.extraDone' } satisfies TryOptions);
  }
  const kind = value === 'passed' || value === 'later' ? value : 'failed';
  return step.endDialog({ kind } satisfies TryResult);
}

/** One try, not more; begins with `{}`, ends with `TryResult`. */
export function tryOnce(): WaterfallDialog {
  return new WaterfallDialog(TRY_ONCE, [askTried, readTried]);
}

import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ANOTHER_WAY, type Answer, asides, ask, type Choice, saidIn, turnOf, wordsOf } from '../kit/index.ts';

export const REASON = 'reason';

interface AskedAs {
  question?: TextKey;
}

/** What people ask before they decide. */
const ASKED = [
  ...asides([
    [
      /我是(?:他|她)|(?:爸|妈|爷爷|奶奶|老人).{0,4}不会|(?:替|帮|代)(?:他|她|我?爸|我?妈)|代办|(?:for|on behalf of) my (?:father|mother|dad|mum|mom|wife|husband)/u,
      'risk-lock.holderOnly',
    ],
    [
      /换.*(?:手机|设备|电脑|网)|别的手机|(?:老婆|老公|朋友|家人|别人|爸|妈)的?手机|再试|再点|(?:other|another|different|new|friends?|wifes?|husbands?) (?:phone|device|computer|network)|try again/u,
      'risk-lock.noOtherPhone',
    ],
    [/(?:原因|理由).{0,4}(?:写|填|说|怎么|咋|啥)|(?:写|填)(?:啥|什么)/u, 'risk-lock.whatToWrite'],
    [
      /怎么办|咋办|怎么弄|咋弄|有什么办法|\bhow\b|what (?:should|can|do|must) i|what now|any way/u,
      'risk-lock.how',
    ],
    [/(?:传|交|发|上传)(?:好|完|过去)?了|拍好|哪(?:里|儿)?(?:发|传|交|上传)/u, 'risk-lock.notReceived'],
  ]),
  ...ANOTHER_WAY,
];

/** 「过了,说解锁了」: the review is over, and nothing has to be applied for. */
export function saysUnlocked(said: string): boolean {
  return (
    /解(?:锁|开)了|审核.{0,3}(?:通过|过)了|^(?:通过|过)了|unlocked|lock is (?:gone|lifted)/u.test(said) &&
    !/[没未不怎咋吗]|\b(?:not|isnt|wasnt|how)\b/u.test(said)
  );
}

/** Whether to apply now; a yes-no `Answer`. */
export function askStart(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'yes-no',
    key: 'risk-lock.startReview',
    yes: 'risk-lock.startNow',
    no: 'common.notNow',
    asides: ASKED,
    again: 'risk-lock.startAgain',
    retry: 'risk-lock.startRetry',
  });
}

/** Where it cannot be applied for: whether a person should look; a yes-no `Answer`. */
export function askPerson(
  step: WaterfallStepContext,
  key: 'risk-lock.signInFirst' | 'risk-lock.cannotCheck',
): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'yes-no',
    key,
    yes: 'common.toHuman',
    no: 'common.notNow',
    asides: ASKED,
    again: 'risk-lock.personAgain',
    retry: 'risk-lock.personAgain',
  });
}

const REASONS: readonly Choice[] = [
  { value: 'unused', key: 'risk-lock.reasonUnused' },
  { value: 'new-card', key: 'risk-lock.reasonNewCard' },
  { value: 'safety', key: 'risk-lock.reasonSafety' },
];
const SUGGESTED: Choice = { value: 'suggested', key: 'risk-lock.reasonSuggested' };
const ASKS_WHAT_TO_WRITE =
  /(?:写|填|说|选)(?:啥|什么|哪)|(?:怎么|咋)(?:写|填|说)|不知道|what (?:should|do|can) i (?:write|say|put)|dont know/u;

async function askReason(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { question = 'risk-lock.reason' } = step.options as AskedAs;
  const choices = question === 'risk-lock.reasonSuggestion' ? [SUGGESTED] : [...REASONS];
  return ask(step, { kind: 'text', key: question, choices });
}

/** A word of thanks is no reason, and a message that held a card number is not put before a reviewer. */
function isNoReason(step: WaterfallStepContext): boolean {
  const { understanding } = turnOf(step.context);
  const sensitive: unknown = step.context.activity.channelData?.sensitive;
  if (Array.isArray(sensitive) && sensitive.length > 0) return true;
  return (
    understanding?.decision === 'accept' && ['thanks', 'goodbye', 'greet'].includes(understanding.intent)
  );
}

async function readReason(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind !== 'text') return step.endDialog();
  const chosen = [...REASONS, SUGGESTED].find(({ value }) => value === answer.value);
  if (chosen) return step.endDialog(wordsOf(step.context, chosen));
  const again = (question: TextKey) => step.replaceDialog(REASON, { question } satisfies AskedAs);
  if (isNoReason(step)) return again('risk-lock.reasonAgain');
  if (ASKS_WHAT_TO_WRITE.test(saidIn(step))) return again('risk-lock.reasonSuggestion');
  return step.endDialog(answer.text);
}

/** The reason for unbinding, ends with its words. */
export function reason(): WaterfallDialog {
  return new WaterfallDialog(REASON, [askReason, readReason]);
}

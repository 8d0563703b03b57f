import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Choice, saidIn, say, spoken, turnOf, wordsOf } from '../kit/index.ts';

export const START_REVIEW = 'start-review';
export const REASON = 'reason';

/** What is offered: to apply for the review, or a person where that cannot be done. Asked under `question`. */
export interface StartOptions {
  offer: 'review' | 'person';
  question: TextKey;
}

interface AskedAs {
  question?: TextKey;
}

/** What people ask before they decide, and the answer. */
const ASIDES: readonly (readonly [RegExp, TextKey])[] = [
  [
    /换.*(?:手机|设备|电脑|网)|别的手机|(?:老婆|老公|朋友|家人|别人|爸|妈)的?手机|再试|再点|(?:other|another|different|new|friends?|wifes?|husbands?) (?:phone|device|computer|network)|try again/u,
    'risk-lock.noOtherPhone',
  ],
  [/(?:原因|理由).{0,4}(?:写|填|说|怎么|咋|啥)|(?:写|填)(?:啥|什么)/u, 'risk-lock.whatToWrite'],
  [
    /怎么办|咋办|怎么弄|咋弄|有什么办法|\bhow\b|what (?:should|can|do|must) i|what now|any way/u,
    'risk-lock.how',
  ],
  [/(?:传|交|发|上传)(?:好|完|过去)?了/u, 'risk-lock.notReceived'],
];
const START_ANSWERS = spoken(ASIDES, { yes: 'start', no: 'not-now' });

async function askStart(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { offer, question } = step.options as StartOptions;
  return ask(step, {
    kind: 'choice',
    key: question,
    choices: [
      { value: 'start', key: offer === 'review' ? 'risk-lock.startNow' : 'common.toHuman' },
      { value: 'not-now', key: 'common.notNow' },
    ],
    spoken: START_ANSWERS,
    retry: offer === 'review' ? 'risk-lock.startRetry' : 'risk-lock.personAgain',
  });
}

async function readStart(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { offer } = step.options as StartOptions;
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'not-now';
  const aside = ASIDES.find(([, key]) => key === value)?.[1];
  if (!aside) return step.endDialog({ kind: 'yes-no', yes: value === 'start' } satisfies Answer);
  await say(step.context, aside);
  const question = offer === 'review' ? 'risk-lock.startAgain' : 'risk-lock.personAgain';
  return step.replaceDialog(START_REVIEW, { offer, question } satisfies StartOptions);
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

/** Whether to apply now, ends with a yes-no `Answer`; and the reason for unbinding, ends with its words. */
export function questions(): Dialog[] {
  return [
    new WaterfallDialog(START_REVIEW, [askStart, readStart]),
    new WaterfallDialog(REASON, [askReason, readReason]),
  ];
}

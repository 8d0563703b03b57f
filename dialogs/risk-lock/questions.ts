import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Choice, saidIn, spoken, turnOf, wordsOf } from '../kit/index.ts';

export const START_REVIEW = 'start-review';
export const REASON = 'reason';

/** Begins with `{}`. */
interface AskedAs {
  question?: TextKey;
}

const START_ANSWERS = spoken(
  [
    [/换.*(?:手机|设备|电脑|网)|别的手机|(?:老婆|老公|朋友|家人|别人|爸|妈)的?手机|再试|再点/u, 'elsewhere'],
    [/怎么办|咋办|怎么弄|咋弄|有什么办法/u, 'how'],
  ],
  { yes: 'start', no: 'not-now' },
);

/** What is answered before the question is asked again. */
const START_REPLIES: Record<string, TextKey> = {
  elsewhere: 'risk-lock.noOtherPhone',
  how: 'risk-lock.how',
};

async function askStart(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { question = 'risk-lock.startReview' } = step.options as AskedAs;
  return ask(step, {
    kind: 'choice',
    key: question,
    choices: [
      { value: 'start', key: 'risk-lock.startNow' },
      { value: 'not-now', key: 'common.notNow' },
    ],
    spoken: START_ANSWERS,
    retry: 'risk-lock.startRetry',
  });
}

async function readStart(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'not-now';
  const question = START_REPLIES[value];
  if (question) return step.replaceDialog(START_REVIEW, { question } satisfies AskedAs);
  return step.endDialog({ kind: 'yes-no', yes: value === 'start' } satisfies Answer);
}

const REASONS: readonly Choice[] = [
  { value: 'unused', key: 'risk-lock.reasonUnused' },
  { value: 'new-card', key: 'risk-lock.reasonNewCard' },
  { value: 'safety', key: 'risk-lock.reasonSafety' },
];
const SUGGESTED: Choice = { value: 'suggested', key: 'risk-lock.reasonSuggested' };
const ASKS_WHAT_TO_WRITE = /(?:写|填|说|选)(?:啥|什么|哪)|(?:怎么|咋)(?:写|填|说)|不知道/u;

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

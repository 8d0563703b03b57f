import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { ask, type Goto, isGoto, type Line, say } from '../kit/index.ts';
import { readHandled, readHasAgreements } from './readings.ts';
import { type SpokenAnswer, type SpokenQuestion, spokenChoice } from './spoken-choice.ts';

export const AGREEMENTS = 'agreements';
const HAS_AGREEMENTS = 'has-agreements';
const HANDLED = 'handled-agreements';
const NAMED = 'named-agreements';

/** `autoDebits`: what the platform knows of; absent when it was not asked. */
export interface AgreementsOptions {
  autoDebits?: AutoDebit[];
}

/** `later`: the customer deals with them first and comes back. */
export type AgreementsResult = { kind: 'continue' } | { kind: 'later' } | Goto;

interface NamedOptions {
  left: AutoDebit[];
  /** Merchants whose agreement the customer has not dealt with. */
  open: string[];
}

const ASK_HANDLED: SpokenQuestion = {
  key: 'unbind-guide.autopayHandled',
  choices: [
    { value: 'handled', key: 'unbind-guide.handled' },
    { value: 'later', key: 'unbind-guide.handleFirst' },
  ],
  retry: 'unbind-guide.autopayHandledRetry',
};

function endWith(step: WaterfallStepContext, result: AgreementsResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { autoDebits } = step.options as AgreementsOptions;
  if (autoDebits && autoDebits.length > 0) {
    return step.replaceDialog(NAMED, { left: autoDebits, open: [] } satisfies NamedOptions);
  }
  return step.beginDialog(HAS_AGREEMENTS, {
    key: autoDebits ? 'unbind-guide.autopayNoneFound' : 'unbind-guide.autopay',
    choices: [
      { value: 'some', key: 'unbind-guide.have' },
      { value: 'none', key: 'unbind-guide.haveNone' },
    ],
    retry: 'unbind-guide.autopayRetry',
  } satisfies SpokenQuestion);
}

async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as SpokenAnswer;
  if (isGoto(answer)) return endWith(step, answer);
  if (answer.value === 'none') return endWith(step, { kind: 'continue' });
  await say(step.context, 'unbind-guide.autopayAdvice');
  return step.beginDialog(HANDLED, ASK_HANDLED);
}

async function afterAdvice(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as SpokenAnswer;
  if (isGoto(answer)) return endWith(step, answer);
  if (answer.value === 'paid') {
    await say(step.context, 'unbind-guide.autopayPaid');
    return step.beginDialog(HANDLED, ASK_HANDLED);
  }
  return step.next(answer);
}

async function leaveOrGoOn(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as SpokenAnswer;
  if (isGoto(answer)) return endWith(step, answer);
  if (answer.value !== 'later') return endWith(step, { kind: 'continue' });
  await say(step.context, 'unbind-guide.later');
  return endWith(step, { kind: 'later' });
}

function agreementLine({ kind, merchant, remaining }: AutoDebit): Line {
  if (kind === 'subscription') return { key: 'unbind-guide.subscription', slots: { merchant } };
  if (remaining === undefined) return { key: 'unbind-guide.instalment', slots: { merchant } };
  return { key: 'unbind-guide.instalmentRemaining', slots: { merchant, remaining } };
}

async function askNamed(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { left, open } = step.options as NamedOptions;
  const [first] = left;
  if (first) {
    return step.beginDialog(HANDLED, {
      ...agreementLine(first),
      choices: [
        { value: 'handled', key: 'unbind-guide.handled' },
        { value: 'later', key: 'unbind-guide.notHandled' },
      ],
      retry: 'unbind-guide.handledRetry',
    } satisfies SpokenQuestion);
  }
  if (open.length === 0) return endWith(step, { kind: 'continue' });
  return ask(step, {
    kind: 'choice',
    key: 'unbind-guide.leaveOpen',
    slots: { todo: open.join('、') },
    choices: [
      { value: 'later', key: 'unbind-guide.handleFirst' },
      { value: 'continue', key: 'unbind-guide.stepsAnyway' },
    ],
  });
}

async function readNamed(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { left, open } = step.options as NamedOptions;
  const answer = step.result as SpokenAnswer;
  const [first, ...rest] = left;
  if (!first || isGoto(answer)) return leaveOrGoOn(step);
  if (answer.value === 'paid') {
    await say(step.context, 'unbind-guide.autopayPaid');
    return step.replaceDialog(NAMED, step.options);
  }
  const handled = answer.value === 'handled';
  const next: NamedOptions = { left: rest, open: handled ? open : [...open, first.merchant] };
  return step.replaceDialog(NAMED, next);
}

/** 自动扣款: subscriptions and instalments are named one by one if known, else asked for. */
export function agreements(): Dialog[] {
  return [
    new WaterfallDialog(AGREEMENTS, [begin, advise, afterAdvice, leaveOrGoOn]),
    new WaterfallDialog(NAMED, [askNamed, readNamed]),
    spokenChoice(HAS_AGREEMENTS, readHasAgreements),
    spokenChoice(HANDLED, readHandled),
  ];
}

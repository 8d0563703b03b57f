import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { answerTo, type Kind, kindsIn, QUESTIONS } from '../autopay/readings.ts';
import {
  type Answer,
  ask,
  type Goto,
  type Line,
  type Question,
  type SlotValue,
  saidIn,
  say,
} from '../kit/index.ts';
import { AGREEMENT_ANSWERS, HANDLED_ANSWERS, LEAVE_ANSWERS, NAMED_ANSWERS } from './readings.ts';

export const AGREEMENTS = 'agreements';
const NAMED = 'named-agreements';

/** `autoDebits`: what the platform knows of; absent when it was not asked. `kinds`: what the customer has named. */
export interface AgreementsOptions {
  autoDebits?: AutoDebit[];
  kinds?: Kind[];
}

/** `later`: the customer deals with them first and comes back. */
export type AgreementsResult = { kind: 'continue' } | { kind: 'later' } | Goto;

interface NamedOptions {
  left: AutoDebit[];
  /** Merchants whose agreement the customer has not dealt with. */
  open: string[];
}

const ASK_HANDLED: Question = {
  kind: 'choice',
  key: 'unbind-guide.autopayHandled',
  choices: [
    { value: 'handled', key: 'unbind-guide.handled' },
    { value: 'later', key: 'unbind-guide.handleFirst' },
  ],
  spoken: HANDLED_ANSWERS,
  retry: 'unbind-guide.autopayHandledRetry',
};

function chosen(step: WaterfallStepContext): string | undefined {
  const answer = step.result as Answer;
  return answer.kind === 'choice' ? answer.value : undefined;
}

/** The answer to a question in passing, which is its own text key. */
function toldBy(value: string | undefined): TextKey | undefined {
  return QUESTIONS.find(([, key]) => key === value)?.[1];
}

function endWith(step: WaterfallStepContext, result: AgreementsResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { autoDebits, kinds } = step.options as AgreementsOptions;
  if (kinds) {
    const asked = answerTo(saidIn(step));
    if (asked) await say(step.context, asked);
    return step.next({ kind: 'choice', value: 'some' } satisfies Answer);
  }
  if (autoDebits && autoDebits.length > 0) {
    return step.replaceDialog(NAMED, { left: autoDebits, open: [] } satisfies NamedOptions);
  }
  return ask(step, {
    kind: 'choice',
    key: autoDebits ? 'unbind-guide.autopayNoneFound' : 'unbind-guide.autopay',
    choices: [
      { value: 'some', key: 'unbind-guide.have' },
      { value: 'none', key: 'unbind-guide.haveNone' },
    ],
    spoken: AGREEMENT_ANSWERS,
    retry: 'unbind-guide.autopayRetry',
  });
}

async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
  if (chosen(step) === 'other-card') return endWith(step, { goto: 'diagnose' });
  if (chosen(step) === 'none') return endWith(step, { kind: 'continue' });
  const options = step.options as AgreementsOptions;
  options.kinds ??= kindsIn(saidIn(step));
  await say(step.context, 'unbind-guide.autopayAdvice');
  return ask(step, ASK_HANDLED);
}

async function afterAdvice(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const told = toldBy(chosen(step));
  if (!told) return step.next(step.result);
  await say(step.context, told);
  return ask(step, ASK_HANDLED);
}

function leaveKinds(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { kinds = [] } = step.options as AgreementsOptions;
  return leaveOrGoOn(
    step,
    kinds.map((kind): Line => ({ key: `autopay.name-${kind}` })),
  );
}

/** `open`: what is still to be dealt with, as far as it has names. */
async function leaveOrGoOn(step: WaterfallStepContext, open: SlotValue[]): Promise<DialogTurnResult> {
  if (chosen(step) !== 'later') return endWith(step, { kind: 'continue' });
  if (open.length > 0) await say(step.context, 'unbind-guide.laterTodo', { todo: { list: open } });
  else await say(step.context, 'unbind-guide.later');
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
    return ask(step, {
      kind: 'choice',
      ...agreementLine(first),
      choices: [
        { value: 'handled', key: 'unbind-guide.handled' },
        { value: 'later', key: 'unbind-guide.notHandled' },
      ],
      spoken: NAMED_ANSWERS,
      retry: 'unbind-guide.handledRetry',
    });
  }
  if (open.length === 0) return endWith(step, { kind: 'continue' });
  return ask(step, {
    kind: 'choice',
    key: 'unbind-guide.leaveOpen',
    slots: { todo: { list: open } },
    choices: [
      { value: 'later', key: 'unbind-guide.handleFirst' },
      { value: 'continue', key: 'unbind-guide.stepsAnyway' },
    ],
    spoken: LEAVE_ANSWERS,
  });
}

async function readNamed(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { left, open } = step.options as NamedOptions;
  const value = chosen(step);
  const [first, ...rest] = left;
  if (!first) return leaveOrGoOn(step, open);
  const told = toldBy(value);
  if (told) {
    await say(step.context, told);
    return step.replaceDialog(NAMED, step.options);
  }
  if (value === 'leave') {
    const todo = { list: [...open, ...left.map(({ merchant }) => merchant)] };
    await say(step.context, 'unbind-guide.laterTodo', { todo });
    return endWith(step, { kind: 'later' });
  }
  const handled = value === 'handled';
  const next: NamedOptions = { left: rest, open: handled ? open : [...open, first.merchant] };
  return step.replaceDialog(NAMED, next);
}

/** 自动扣款: subscriptions and instalments are named one by one if known, else asked for. */
export function agreements(): Dialog[] {
  return [
    new WaterfallDialog(AGREEMENTS, [begin, advise, afterAdvice, leaveKinds]),
    new WaterfallDialog(NAMED, [askNamed, readNamed]),
  ];
}

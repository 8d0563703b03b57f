import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { type Answer, ask, type Line, say } from '../kit/index.ts';
import { yesNoOf } from '../kit/yes-no.ts';

/** Begin with `AgreementsOptions`, ends with `AgreementsResult`. */
export const AGREEMENTS = 'agreements';
const NAMED = 'named-agreements';

export interface AgreementsOptions {
  /** What the platform knows of; absent when it was not asked. */
  autoDebits?: AutoDebit[];
  misses?: number;
}

/** `later`: the customer deals with them first and comes back. */
export type AgreementsResult = { kind: 'continue' } | { kind: 'later' };

interface NamedOptions {
  left: AutoDebit[];
  /** Merchants whose agreement the customer has not dealt with. */
  open: string[];
}

const HAS_NONE = /^(?:没|沒|无|都关|都取消|都解|早关|已经?关|已经?取消|关了|取消了|不)/u;
const HAS_SOME = /有|会员|會員|包月|包年|续费|订阅|分期|\d+期|代扣|自动|月付|扣/u;

/** Whether something is still charged to the card, from an answer like 「有个会员,还有手机分24期」. */
function hasSome(text: string): boolean | undefined {
  const plain = yesNoOf(text);
  if (plain !== undefined) return plain;
  if (HAS_NONE.test(text.trim())) return false;
  return HAS_SOME.test(text) ? true : undefined;
}

async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { autoDebits, misses = 0 } = step.options as AgreementsOptions;
  if (autoDebits && autoDebits.length > 0) {
    return step.replaceDialog(NAMED, { left: autoDebits, open: [] } satisfies NamedOptions);
  }
  const question = autoDebits ? 'unbind-guide.autopayNoneFound' : 'unbind-guide.autopay';
  return ask(step, {
    kind: 'text',
    key: misses > 0 ? 'unbind-guide.autopayRetry' : question,
    choices: [
      { value: 'some', key: 'unbind-guide.have' },
      { value: 'none', key: 'unbind-guide.haveNone' },
      ...(misses > 1 ? [{ value: 'person', key: 'common.toHuman' } as const] : []),
    ],
  });
}

async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const options = step.options as AgreementsOptions;
  const answer = step.result as Answer;
  if (answer.kind !== 'text') return step.endDialog({ kind: 'continue' } satisfies AgreementsResult);
  const some = hasSome(answer.text);
  if (some === undefined) {
    return step.replaceDialog(AGREEMENTS, { ...options, misses: (options.misses ?? 0) + 1 });
  }
  if (!some) return step.endDialog({ kind: 'continue' } satisfies AgreementsResult);
  await say(step.context, 'unbind-guide.autopayAdvice');
  return ask(step, {
    kind: 'choice',
    key: 'unbind-guide.autopayHandled',
    choices: [
      { value: 'continue', key: 'unbind-guide.handled' },
      { value: 'later', key: 'unbind-guide.handleFirst' },
    ],
  });
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
      kind: 'yes-no',
      ...agreementLine(first),
      yes: 'unbind-guide.handled',
      no: 'unbind-guide.notHandled',
    });
  }
  if (open.length === 0) return step.endDialog({ kind: 'continue' } satisfies AgreementsResult);
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
  const answer = step.result as Answer;
  const [first, ...rest] = left;
  if (!first || answer.kind !== 'yes-no') return end(step);
  const next: NamedOptions = { left: rest, open: answer.yes ? open : [...open, first.merchant] };
  return step.replaceDialog(NAMED, next);
}

async function end(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  const later = answer.kind === 'choice' && answer.value === 'later';
  if (later) await say(step.context, 'unbind-guide.later');
  return step.endDialog({ kind: later ? 'later' : 'continue' } satisfies AgreementsResult);
}

/** 自动扣款: subscriptions and instalments are named one by one if known, else asked for. */
export function agreements(): Dialog[] {
  return [
    new WaterfallDialog(AGREEMENTS, [begin, advise, end]),
    new WaterfallDialog(NAMED, [askNamed, readNamed]),
  ];
}

import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { QUESTIONS } from '../autopay/readings.ts';
import { asides, ask, type Line, say } from '../kit/index.ts';
import { chosen, endWith, leaveOrGoOn } from './agreements-end.ts';
import { LEAVE_ANSWERS, NAMED_ANSWERS } from './readings.ts';

export const NAMED = 'named-agreements';

export interface NamedOptions {
  left: AutoDebit[];
  /** Merchants whose agreement the customer has not dealt with. */
  open: string[];
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
      asides: asides(QUESTIONS),
      again: 'unbind-guide.handledRetry',
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
  if (value === 'leave') {
    const todo = { list: [...open, ...left.map(({ merchant }) => merchant)] };
    await say(step.context, 'unbind-guide.laterTodo', { todo });
    return endWith(step, { kind: 'later' });
  }
  const handled = value === 'handled';
  const next: NamedOptions = { left: rest, open: handled ? open : [...open, first.merchant] };
  return step.replaceDialog(NAMED, next);
}

/** The agreements that the platform knows, one by one; begins with `NamedOptions`, ends with `AgreementsResult`. */
export function namedAgreements(): WaterfallDialog {
  return new WaterfallDialog(NAMED, [askNamed, readNamed]);
}

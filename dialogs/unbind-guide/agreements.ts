import {
  type Dialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { answerTo, type Kind, kindsIn, QUESTIONS } from '../autopay/readings.ts';
import { type Answer, asides, ask, type Line, type Question, saidIn, say } from '../kit/index.ts';
import { chosen, endWith, leaveOrGoOn } from './agreements-end.ts';
import { NAMED, type NamedOptions, namedAgreements } from './named-agreements.ts';
import { AGREEMENT_ANSWERS, HANDLED_ANSWERS } from './readings.ts';

export type { AgreementsResult } from './agreements-end.ts';

export const AGREEMENTS = 'agreements';

/** `autoDebits`: what the platform knows of; absent when it was not asked. `kinds`: what the customer has named. */
export interface AgreementsOptions {
  autoDebits?: AutoDebit[];
  kinds?: Kind[];
}

const ASK_HANDLED: Question = {
  kind: 'choice',
  key: 'unbind-guide.autopayHandled',
  choices: [
    { value: 'handled', key: 'unbind-guide.handled' },
    { value: 'later', key: 'unbind-guide.handleFirst' },
  ],
  spoken: HANDLED_ANSWERS,
  asides: asides(QUESTIONS),
  retry: 'unbind-guide.autopayHandledRetry',
};

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

function leaveKinds(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { kinds = [] } = step.options as AgreementsOptions;
  return leaveOrGoOn(
    step,
    kinds.map((kind): Line => ({ key: `autopay.name-${kind}` })),
  );
}

/** 自动扣款: subscriptions and instalments are named one by one if known, else asked for. */
export function agreements(): Dialog[] {
  return [new WaterfallDialog(AGREEMENTS, [begin, advise, leaveKinds]), namedAgreements()];
}

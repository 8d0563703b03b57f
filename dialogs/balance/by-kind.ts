import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, isGoto, say, spoken } from '../kit/index.ts';
import { FOLLOW_UP, type FollowUpOptions, type FollowUpResult } from './follow-up.ts';
import type { MoneyCode } from './money.ts';

export const BY_KIND = 'by-kind';

interface ByKindOptions {
  /** Already named by the customer, so it is not asked. */
  code?: MoneyCode;
}

/** What the page or the customer calls it; a refund waits like a balance that is not there yet. */
const KINDS = spoken([
  [/提现|在途|在路上/u, 'WITHDRAWAL_IN_TRANSIT'],
  [/订单|没付|未付|待支付|待付/u, 'UNPAID_BILL'],
  [/余额|分钱|几分|[几\d一二三四五六七八九][毛角]|零钱|退款|转出|提出来|提不(?:了|出)/u, 'UNSETTLED_BALANCE'],
  [/看不|不知道|不清楚|没写|没说|都没|多久/u, 'unsure'],
]);

async function askKind(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { code } = step.options as ByKindOptions;
  if (code) return step.next({ kind: 'choice', value: code });
  return ask(step, {
    kind: 'choice',
    key: 'balance.whichKind',
    choices: [
      { value: 'UNSETTLED_BALANCE', key: 'balance.kindBalance' },
      { value: 'WITHDRAWAL_IN_TRANSIT', key: 'balance.kindTransit' },
      { value: 'UNPAID_BILL', key: 'balance.kindBill' },
      { value: 'unsure', key: 'balance.kindUnsure' },
    ],
    spoken: KINDS,
    retry: 'balance.retry',
  });
}

async function tellKind(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind !== 'choice' || answer.value === 'unsure') {
    return ask(step, {
      kind: 'yes-no',
      key: 'balance.unsure',
      yes: 'common.toHuman',
      no: 'balance.lookMyself',
    });
  }
  const value = answer.value as MoneyCode;
  await say(step.context, `balance.howTo-${value}` satisfies TextKey);
  return step.beginDialog(FOLLOW_UP, {
    other: 'kind',
    small: value === 'UNSETTLED_BALANCE',
  } satisfies FollowUpOptions);
}

async function afterTelling(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const result = step.result as FollowUpResult | Answer;
  if (isGoto(result)) return step.endDialog(result);
  if (result.kind === 'again') {
    return step.replaceDialog(BY_KIND, { ...(result.code && { code: result.code }) } satisfies ByKindOptions);
  }
  const person = result.kind === 'yes-no' && result.yes;
  const end: FollowUpResult = person
    ? { goto: 'handoff', options: { reason: 'fail_balance' } }
    : { kind: 'done' };
  return step.endDialog(end);
}

/** 余额、在途提现、未结清订单: what the page says, when the platform does not; ends with `FollowUpResult`. */
export function byKind(): WaterfallDialog {
  return new WaterfallDialog(BY_KIND, [askKind, tellKind, afterTelling]);
}

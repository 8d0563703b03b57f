import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Choice, type Goto, say } from '../kit/index.ts';
import { yesNoOf } from '../kit/yes-no.ts';
import type { MoneyCode } from './money.ts';

export const FOLLOW_UP = 'follow-up';

/** `small`: a sum may be too small to clear. `other`: what else the customer can look at. */
export interface FollowUpOptions {
  small: boolean;
  other?: 'kind' | 'card';
  question?: TextKey;
}

/** `again`: the customer wants to look at another card or kind, named or not. */
export type FollowUpResult = { kind: 'done' } | { kind: 'again'; code?: MoneyCode } | Goto;

/** Questions about open sums as people ask them; the first that fits is answered. */
const QUESTIONS: readonly [RegExp, TextKey][] = [
  [/先解|直接解|强行|硬解/u, 'balance.notFirst'],
  [/分钱|几分|[几\d]毛|零头|太少|最低|提不(?:了|出)|花不(?:掉|了)|清不掉/u, 'balance.smallChange'],
  [/多久|几天|什么时候|啥时候|何时|几时|还没到|没到账/u, 'balance.howLong'],
  [/转出|转走|转给|提出来|提走|提现.*(?:行|可以|吗)|花掉|清零/u, 'balance.moveOut'],
  [/信用卡|银行|账单|欠款|还款/u, 'balance.bankDebt'],
];

const CORRECTION = /不对|不是|错|其实|应该是|换/u;
const KINDS: readonly [RegExp, MoneyCode][] = [
  [/提现|在途/u, 'WITHDRAWAL_IN_TRANSIT'],
  [/订单|账单/u, 'UNPAID_BILL'],
  [/余额/u, 'UNSETTLED_BALANCE'],
];

const UNDERSTOOD = /知道|明白|清楚|懂了|了解|谢/u;

function firstFit<T>(text: string, table: readonly [RegExp, T][]): T | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

async function askUnclear(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { small, other, question = 'balance.anythingUnclear' } = step.options as FollowUpOptions;
  const choices: Choice[] = [
    { value: 'done', key: 'balance.done' },
    { value: 'balance.howLong', key: 'balance.askHowLong' },
  ];
  if (small) choices.push({ value: 'balance.smallChange', key: 'balance.askSmall' });
  if (other === 'card') choices.push({ value: 'again', key: 'balance.otherCard' });
  if (other === 'kind') choices.push({ value: 'again', key: 'balance.otherKind' });
  choices.push({ value: 'person', key: 'common.toHuman' });
  return ask(step, { kind: 'text', key: question, choices });
}

async function answerIt(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const options = step.options as FollowUpOptions;
  const answer = step.result as Answer;
  if (answer.kind !== 'text') return step.endDialog({ kind: 'done' } satisfies FollowUpResult);
  const { text, value } = answer;
  const end = (result: FollowUpResult) => step.endDialog(result);
  const offered = value?.startsWith('balance.') ? (value as TextKey) : undefined;

  if (value === 'person') return end({ goto: 'handoff', options: { reason: 'fail_balance' } });
  if (value === 'again') return end({ kind: 'again' });
  const code = firstFit(text, KINDS);
  if (options.other === 'kind' && code && CORRECTION.test(text)) return end({ kind: 'again', code });

  const reply = offered ?? firstFit(text, QUESTIONS);
  if (reply) {
    await say(step.context, reply);
    return step.replaceDialog(FOLLOW_UP, { ...options, question: 'balance.anythingElse' });
  }
  if (value === 'done' || UNDERSTOOD.test(text) || yesNoOf(text) !== undefined) return end({ kind: 'done' });

  return step.replaceDialog(FOLLOW_UP, { ...options, question: 'balance.retry' });
}

/** Answers what customers ask about open sums until they know enough; ends with `FollowUpResult`. */
export function followUp(): WaterfallDialog {
  return new WaterfallDialog(FOLLOW_UP, [askUnclear, answerIt]);
}

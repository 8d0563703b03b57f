import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { type Answer, ask, type Choice, type Goto, say, spoken } from '../kit/index.ts';
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
  [/先解|直接解|强行|硬解|unbind (?:it )?(?:first|anyway|now)/u, 'balance.notFirst'],
  [
    /分钱|几分|^[^万千百]*[几\d一二三四五六七八九][毛角]|零头|太少|最低|提不(?:了|出)|花不(?:掉|了)|清不掉|cents|too small|minimum/u,
    'balance.smallChange',
  ],
  [/多久|几天|什么时候|啥时候|何时|几时|几点|how (?:long|many days)|\bwhen\b/u, 'balance.howLong'],
  [/还?没到|没到账|未到账|在路上/u, 'balance.notArrived'],
  [/转出|转走|转给|提出来|提走|提现.*(?:行|可以|吗)|花掉|清零|transfer|move (?:it )?out/u, 'balance.moveOut'],
  [/信用卡|银行|账单|欠款|还款|credit card|\bbank\b|statement|\bdebt/u, 'balance.bankDebt'],
];

/** 「不对,是提现」: the customer has looked again and names another kind. */
const CORRECTIONS: readonly [RegExp, MoneyCode][] = [
  [/^(?=.*(?:不对|不是|错|其实|应该是|换)).*(?:提现|在途)/u, 'WITHDRAWAL_IN_TRANSIT'],
  [/^(?=.*(?:不对|不是|错|其实|应该是|换)).*(?:订单|账单)/u, 'UNPAID_BILL'],
  [/^(?=.*(?:不对|不是|错|其实|应该是|换)).*余额/u, 'UNSETTLED_BALANCE'],
];

const UNDERSTOOD: readonly [RegExp, string][] = [
  [/知道|明白|清楚|懂了|了解|谢/u, 'done'],
  [ENGLISH_ENOUGH, 'done'],
];

function isMoneyCode(value: string): value is MoneyCode {
  return CORRECTIONS.some(([, code]) => code === value);
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
  const corrections = other === 'kind' ? CORRECTIONS : [];
  return ask(step, {
    kind: 'choice',
    key: question,
    choices,
    spoken: spoken([...corrections, ...QUESTIONS, ...UNDERSTOOD], { yes: 'done', no: 'done' }),
    retry: 'balance.retry',
  });
}

async function answerIt(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'done';
  const end = (result: FollowUpResult) => step.endDialog(result);

  if (value === 'person') return end({ goto: 'handoff', options: { reason: 'fail_balance' } });
  if (value === 'again') return end({ kind: 'again' });
  if (value === 'done') return end({ kind: 'done' });
  if (isMoneyCode(value)) return end({ kind: 'again', code: value });
  await say(step.context, value as TextKey);
  const options = step.options as FollowUpOptions;
  return step.replaceDialog(FOLLOW_UP, { ...options, question: 'balance.anythingElse' });
}

/** Answers what customers ask about open sums until they know enough; ends with `FollowUpResult`. */
export function followUp(): WaterfallDialog {
  return new WaterfallDialog(FOLLOW_UP, [askUnclear, answerIt]);
}

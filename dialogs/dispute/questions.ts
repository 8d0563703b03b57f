import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_ENOUGH, ENGLISH_UNKNOWN } from '../kit/english.ts';
import {
  type Answer,
  asides,
  ask,
  type Choice,
  goTo,
  type Services,
  type Spoken,
  say,
  spoken,
  turnOf,
} from '../kit/index.ts';
import { dayNamed, dayOf } from './day.ts';

export const WHEN_TRADED = 'when-traded';
export const WHAT_NEXT = 'what-next';

/** `unknown`: the customer cannot tell. */
export type Traded = 'before' | 'after' | 'unknown';

export interface WhenTradedOptions {
  /** As the platform told it. */
  unboundAt?: string | undefined;
  /** A day was named that does not tell. */
  again?: boolean;
}

const FRESH_MS = 2 * 86_400_000;

export interface WhatNextOptions {
  /** Agreements go on that the customer can close. */
  agreements: boolean;
}

/** What is asked at any point. */
export const ASKED = asides([
  [/要回|要得回|退(?!订)|赔|追回|找回|refund|(?:money|it) back|compensat/u, 'dispute.refund'],
  [/不管|凭什么|抢钱|踢皮球|自己找银行|your (?:fault|problem|business)|not fair/u, 'dispute.weCheck'],
  [
    /你们.{0,3}(?:名字|名义|扣的)|(?:商户|商家).{0,4}你们|就是?你们|your (?:name|company|platform)/u,
    'dispute.yourName',
  ],
]);
const HOW_TO_SEE = asides([
  [
    /怎么(?:看|查)|哪(?:里|儿)看|在哪|不会看|哪个时间|how (?:do|can) i (?:see|tell|check)|where (?:do|can) i/u,
    'dispute.howToSee',
  ],
]);

/** What a date may look like; what it is, is read from the entities. */
const DATED = /\d ?月|(?:19|20)\d\d[-/.年]|去年|前年|今[天日]|昨|前天|明天|后天|tomorrow|yesterday|today/u;

const TIME: Spoken = spoken([
  [DATED, 'dated'],
  [/不知道|看不出|看不到|不清楚|不确定|没写|分不清/u, 'unknown'],
  [ENGLISH_UNKNOWN, 'unknown'],
  [/之前|以前|解绑前|解之前|早先|before|earlier|prior/u, 'before'],
  [/之后|以后|解绑后|后来|今天|昨天|前天|刚刚|刚才|新的|after|today|yesterday|\bnew\b/u, 'after'],
]);

const NEXT: Spoken = spoken(
  [
    [/关|自动扣款|代扣|协议|续费|close|auto|recurring|agreement|subscri|renew/u, 'agreements'],
    [/人工|真人|person|human|agent|someone/u, 'person'],
    [/知道|明白|谢|好的/u, 'enough'],
    [ENGLISH_ENOUGH, 'enough'],
  ],
  { no: 'enough', yes: 'enough' },
);

function chosen(step: WaterfallStepContext): string {
  const answer = step.result as Answer;
  return answer.kind === 'choice' ? answer.value : 'unknown';
}

async function askTime(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { again } = step.options as WhenTradedOptions;
  return ask(step, {
    kind: 'choice',
    key: again ? 'dispute.whenAgain' : 'dispute.whenTraded',
    choices: [
      { value: 'before', key: 'dispute.before' },
      { value: 'after', key: 'dispute.after' },
      { value: 'unknown', key: 'dispute.cannotSee' },
    ],
    spoken: TIME,
    asides: [...ASKED, ...HOW_TO_SEE],
    retry: 'dispute.whenRetry',
  });
}

/** Before or after the unbinding, by the day that was named; undefined when that does not tell. */
function tradedOn(day: string, unboundAt: string | undefined, now: Date): Traded | undefined {
  // Without a known day of unbinding, only what is fresh is told from the rest.
  if (!unboundAt) return day >= dayOf(new Date(now.getTime() - FRESH_MS)) ? 'after' : undefined;
  const unbound = dayOf(new Date(unboundAt));
  if (day === unbound) return undefined;
  return day < unbound ? 'before' : 'after';
}

async function askNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { agreements } = step.options as WhatNextOptions;
  const close: Choice = { value: 'agreements', key: 'dispute.closeAgreements' };
  return ask(step, {
    kind: 'choice',
    key: 'dispute.next',
    choices: [
      ...(agreements ? [close] : []),
      { value: 'refund', key: 'dispute.askRefund' },
      { value: 'person', key: 'common.toHuman' },
      { value: 'enough', key: 'dispute.enough' },
    ],
    spoken: NEXT,
    asides: ASKED,
  });
}

async function readNext(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const value = chosen(step);
  if (value === 'agreements') return goTo(step, 'autopay');
  if (value === 'person') return goTo(step, 'handoff', { reason: 'charged_after_unbind' });
  if (value === 'refund') {
    await say(step.context, 'dispute.refund');
    return step.replaceDialog(WHAT_NEXT, step.options);
  }
  await say(step.context, 'dispute.end');
  return step.endDialog();
}

/** `when-traded` ends with `Traded`; `what-next` with a `Goto` or nothing. */
export function questions({ clock }: Services): WaterfallDialog[] {
  async function readTime(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const value = chosen(step);
    if (value !== 'dated') return step.endDialog(value as Traded);
    const options = step.options as WhenTradedOptions;
    const askAgain = () => step.replaceDialog(WHEN_TRADED, { ...options, again: true });
    const said = turnOf(step.context).understanding?.entities.date;
    const named = said ? dayNamed(said, clock.now()) : undefined;
    if (!said || !named) return askAgain();
    if (named.kind !== 'day') {
      const line = named.kind === 'impossible' ? 'dispute.noSuchDay' : 'dispute.dayToCome';
      await say(step.context, line, { day: said });
      return askAgain();
    }
    const traded = tradedOn(named.day, options.unboundAt, clock.now());
    return traded ? step.endDialog(traded) : askAgain();
  }

  return [
    new WaterfallDialog(WHEN_TRADED, [askTime, readTime]),
    new WaterfallDialog(WHAT_NEXT, [askNext, readNext]),
  ];
}

import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { ENGLISH_ENOUGH } from '../kit/english.ts';
import { type Answer, ask, say, spoken } from '../kit/index.ts';
import { BESIDE, HOW_AND_COST } from './items.ts';

export const CREDIT = 'credit';

/** What is asked about credit reports; `impact`: whether unbinding shows in them; `both`: how and for what. */
export type Matter =
  | 'impact'
  | 'how'
  | 'cost'
  | 'both'
  | 'self'
  | 'record'
  | 'why'
  | 'unneeded'
  | 'instalment';

export interface CreditOptions {
  matter: Matter;
  /** Asked in the middle of something else: one answer, and back to it. */
  inPassing?: boolean;
}

export type CreditResult = { kind: 'enough' } | { kind: 'list' } | { kind: 'person' };

const SIGNS: readonly [Matter, RegExp][] = [
  [
    'record',
    /未结清|一笔|消费金融|不良记录|申诉|能?消(?:吗|掉|除)|保留几年|多出|(?:多久|啥时候|什么时候)更新|被查了|看着不对/u,
  ],
  ['self', /变花|自己查|频繁|经常查|查多|check.{0,8}often|hurt.{0,12}score/u],
  ['unneeded', /没办过|没有?贷|用得着|不用查|never (?:had|took)|no loans?/u],
  ['why', /[三3]个月|为[啥什]么?.{0,2}查|\bwhy\b|three months|3 months/u],
  ['both', HOW_AND_COST],
  ['cost', /要.{0,2}钱|收费|免费|几次|费用|多少钱|\bcosts?\b|\bfree\b|\bfees?\b|how many times/u],
  ['how', /怎么[查看登]|[查看]不了|不会查|去哪|哪[里儿个]|打印|点哪|边度|在哪|\bhow\b|\bwhere\b|print/u],
  ['instalment', /分期|贷款没|instal|\bloan/u],
];

/** What the words ask about credit reports. */
export function matterIn(words: string): Matter {
  return SIGNS.find(([, sign]) => sign.test(words))?.[0] ?? 'impact';
}

const ELSE = spoken(
  [
    [/没了|没有|不用|够了|知道|明白|懂了/u, 'enough'],
    [ENGLISH_ENOUGH, 'enough'],
    [/解完|解绑后|解好|还要(?:干|做)|三查|after unbinding|what else/u, 'list'],
    [/影响|污点|黑名单|上征信|进征信|affect|impact|\bhurt|credit (?:score|record)/u, 'impact'],
    ...SIGNS.map(([matter, sign]) => [sign, matter] as const),
  ],
  { no: 'enough' },
);

function endWith(step: WaterfallStepContext, result: CreditResult): Promise<DialogTurnResult> {
  return step.endDialog(result);
}

async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { matter, inPassing } = step.options as CreditOptions;
  await say(step.context, `aftercare.credit-${matter}`);
  if (matter === 'record') {
    return ask(step, {
      kind: 'yes-no',
      key: 'aftercare.recordPerson',
      yes: 'common.toHuman',
      no: 'common.notNow',
    });
  }
  if (inPassing) return endWith(step, { kind: 'enough' });
  return ask(step, {
    kind: 'choice',
    key: 'aftercare.creditElse',
    choices: [
      { value: 'how', key: 'aftercare.askHow' },
      { value: 'cost', key: 'aftercare.askCost' },
      { value: 'self', key: 'aftercare.askSelf' },
      { value: 'enough', key: 'aftercare.enough' },
    ],
    spoken: ELSE,
    asides: BESIDE,
    retry: 'aftercare.creditRetry',
  });
}

async function next(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind === 'yes-no') return endWith(step, { kind: answer.yes ? 'person' : 'enough' });
  if (answer.kind !== 'choice' || answer.value === 'enough') return endWith(step, { kind: 'enough' });
  if (answer.value === 'list') return endWith(step, { kind: 'list' });
  return step.replaceDialog(CREDIT, { matter: answer.value as Matter } satisfies CreditOptions);
}

/** 征信: one question answered at a time, nothing promised; ends with `CreditResult`. */
export function credit(): WaterfallDialog {
  return new WaterfallDialog(CREDIT, [tell, next]);
}

import type { TextKey } from '../../locales/index.ts';

/** 自动扣款 by where it is ended: at the merchant, with the repayment, at whoever sends the bills. */
export type Kind = 'membership' | 'instalment' | 'bills';
export const KINDS: readonly Kind[] = ['membership', 'instalment', 'bills'];

const SIGNS: Record<Kind, RegExp> = {
  membership:
    /会员|订阅|续费|续订|包月|包年|月费|试用|网课|爱奇艺|腾讯视频|优酷|netflix|spotify|icloud|网盘|剪映|member|subscri|renew|monthly|\btrial/iu,
  instalment: /分期|\d+\s*期|[一二两三四五六七八九十]期|月供|instal?lment/u,
  bills:
    /水费|电费|水电|燃气|话费|电信费|保险|保费|保单|etc|停车|过路|油卡|宿舍费|饭卡|房租|捐款|自动充|自动交|自动转账|water|electric|\bgas\b|utilit|phone bill|insurance|parking|\btoll|\brent\b|donation|top ?up|\bbills?\b/iu,
};

/** 「不是会员,是分期」: what is denied is not what the customer has. */
function withoutDenied(words: string): string {
  return words.replace(
    /(?:不是|并非|唔系|没有|没)[^,，。;；\s]{1,6}|\b(?:not|isnt|wasnt|no) (?:an? |my )?[a-z]+/gu,
    '',
  );
}

/** Every kind that the words name. */
export function kindsIn(said: string): Kind[] {
  const words = withoutDenied(said);
  return KINDS.filter((kind) => SIGNS[kind].test(words));
}

/** Everything has been closed, says the customer who comes back. */
export function saysDone(words: string): boolean {
  return (
    /(?:都|已经|全)?(?:弄好了|关好了|都关了|处理好了|都取消了|都退了|换好卡了)/u.test(words) &&
    !/[吗没么?？]/u.test(words)
  );
}

/** What people ask about agreements, and the answer; the first that fits is given. */
export const QUESTIONS: readonly (readonly [RegExp, TextKey])[] = [
  [/白交|白花|浪费|还能用|退钱|退款|亏|wasted|refund|money back|still use/u, 'unbind-guide.autopayPaid'],
  [/提前结清|提前还|(?:settle|pay).{0,12}early/u, 'autopay.settleEarly'],
  [
    /灰的|点不动|关不掉|取消不了|退订不了|gr[ea]y|(?:cant|cannot) (?:close|cancel|turn)/u,
    'autopay.cannotEnd',
  ],
  [/明天就?扣|今晚.{0,4}扣|快到日子|来得及|赶在|charged? (?:tomorrow|tonight|soon)|in time/u, 'autopay.soon'],
  [/轮到|扣款顺序|哪张.{0,3}扣|next card|which card .{0,12}next/u, 'autopay.nextCard'],
  [/银行那边|银行侧|另外去关|另外关|(?:at|with) the bank|bank side/u, 'autopay.bankToo'],
  [
    /还是去?(?:商家|商户)|让我(?:去)?找(?:你们|商家|商户)|谁管|who (?:closes|ends|cancels)|ask the merchant/u,
    'autopay.whoEnds',
  ],
  [/一次(?:性)?(?:全|过|都)|一次过|全部?关掉|一键|all at once|one tap|in one go/u, 'autopay.noneAtOnce'],
  [
    /一回事|等于|自己停|自动停|会停|一起取消|[还接][着会]?.{0,3}扣[吗不么]|还充不|stop by (?:itself|themselves)|stop automatically|still be charged|keep (?:being )?charg/u,
    'autopay.doesNotStop',
  ],
  [
    /逾期|断水|断电|失效|后果|没饭吃|失败|会点|会怎|咋整|咋办|overdue|late fee|what happens|cut off/u,
    'autopay.whenItFails',
  ],
  [
    /要不要先|[用要]先.{1,6}[吗么]|先(?:关|取消|停|退|清).{0,10}(?:吗|么|还是|再解|才能)|先解绑?还是|直接解|能解|可以解|解住先|(?:do i have to|should i|must i).{0,24}first|(?:unbind|close (?:it|them)) first/u,
    'autopay.closeFirst',
  ],
];

/** The answer to what the words ask about agreements. */
export function answerTo(words: string): TextKey | undefined {
  return QUESTIONS.find(([asked]) => asked.test(words))?.[1];
}

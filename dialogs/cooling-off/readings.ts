import { ENGLISH_DONE, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { asides, spoken } from '../kit/index.ts';

/** What is asked beside taking it back. `howLong` goes on to the state, which may name the time. */
export type Aside = 'useAfter' | 'useMeanwhile' | 'rebind' | 'cost' | 'howLong';

const ASIDES: readonly [Aside, RegExp][] = [
  ['useAfter', /撤.{0,14}(?:照常|还能).{0,3}用|after (?:i )?(?:undo|revok).{0,20}use/u],
  [
    'useMeanwhile',
    /(?:冷[静却]期|处理).{0,8}(?:付款|付钱|还能.{0,3}用)|meanwhile|(?:still|can i) (?:pay|use)/u,
  ],
  ['rebind', /重新绑|再绑一遍|bind (?:it )?again|re-?bind|add (?:it )?again/u],
  ['cost', /收费|要钱|\bcosts?\b|\bfees?\b/u],
  ['howLong', /多久|几点|几个小时|[冷犹反].{1,2}期|24|how (?:long|many hours)|cooling|until when/u],
];

/** A question beside taking it back. */
export function asideIn(words: string): Aside | undefined {
  return ASIDES.find(([, sign]) => sign.test(words))?.[0];
}

/** 「页面上没看到按钮」「已过可撤销时间」: the page offers no way back. */
export function saysNoEntry(words: string): boolean {
  return /没看到|没有?(?:按钮|入口)|找不到|灰的|撤回失败|已过|点不了|撤不了|no (?:button|option|entry)|(?:cant|dont) (?:find|see|tap)|gr[ea]y|too late/u.test(
    words,
  );
}

/** 「找到撤回的入口了吗?」 */
export const ENTRY = spoken(
  [
    [/还能.{0,4}撤|能撤吗|来得及|现在.{0,3}撤|can i still/u, 'look-again'],
    [
      /没有?(?:看到|入口|按钮|找到|这个)|找不到|没找|灰|点不了|撤不了|失败|过了|no (?:button|option)|(?:cant|dont) (?:find|see)|not there|gr[ea]y|fail/u,
      'no-entry',
    ],
    [/先不|不撤|算了|留着|让它解|leave it|\bkeep\b|let it|not undo/u, 'leave'],
    [
      /撤了|撤回了|撤掉|撤好|成功|好了|弄好|点了|undone|revoked|withdr[ae]w|took (?:it )?back|success/u,
      'revoked',
    ],
    [ENGLISH_DONE, 'revoked'],
  ],
  { yes: 'revoked', no: 'no-entry' },
);

/** Told instead of an answer: it is under way. */
export const STILL_PENDING = asides([
  [/处理中|受理中|分钟前|刚刚?才?提交|still processing|minutes? ago/u, 'cooling-off.stillPending'],
]);

/** 「页面上写的是什么?」 */
export const PAGE = spoken([
  [/处理|受理|待生效|解绑中|冷[静却]期|倒计时|process|pending|count/u, 'pending'],
  [/已解绑|没了|不在|完成|成功|\bunbound\b|complete|\bgone\b|success/u, 'completed'],
  [/看不|不知道|不清楚|不懂|没写|找不到/u, 'unclear'],
  [ENGLISH_UNKNOWN, 'unclear'],
]);

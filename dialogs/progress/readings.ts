import { ENGLISH_ENOUGH, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { spoken } from '../kit/index.ts';

/** What is asked beside the state itself, answered with one text. */
export type Aside = 'sms' | 'proof' | 'closeApp' | 'payMeanwhile' | 'bankTold' | 'howLong';

const ASIDES: readonly [Aside, RegExp][] = [
  ['sms', /短信|简讯|哪个准|为准|\bsms\b|text message/u],
  ['proof', /证明|回执|截图|proof|receipt|certificate|screenshot/u],
  ['closeApp', /关了?app|关掉app|后台|close.{0,6} app|background/iu],
  ['payMeanwhile', /还?能.{0,4}(?:付|用这|刷)|会不会还能用|(?:still|can i) (?:pay|use)/u],
  ['bankTold', /银行.{0,6}(?:通知|知道)|(?:tell|notify|inform).{0,8}bank|bank .{0,12}(?:know|notified)/u],
  [
    'howLong',
    /多久|几天|几个工作日|周末|当天|几号|时候|多长|完成时间|等周一|how (?:long|many days)|when will|weekend|working days/u,
  ],
];

/** A question beside the state. */
export function asideIn(words: string): Aside | undefined {
  return ASIDES.find(([, sign]) => sign.test(words))?.[0];
}

/** 「页面上写的是什么?」 */
export const PAGE = spoken([
  [/撤|undo|revoke|withdr|take (?:it )?back/u, 'revoke'],
  [/处理中|处理|受理|待生效|冷[静却]期|解绑中|灰|process|pending|waiting|gr[ea]y/u, 'pending'],
  [/失败|失效|没成|未成功|fail/u, 'unchanged'],
  [
    /没了|没有了|不在|不见|消失|已解绑|成功|\bgone\b|disappear|no longer|not (?:there|in the list)|\bunbound\b|success/u,
    'gone',
  ],
  [
    /还在|没变|正常|照旧|原样|还没|still (?:there|bound|shown)|\bsame\b|no(?:thing)? changed?|normal/u,
    'unchanged',
  ],
  [/看不|不知道|不清楚|不懂|找不到|没看到/u, 'unclear'],
  [ENGLISH_UNKNOWN, 'unclear'],
]);

/** 「列表里也是这样吗?」 */
export const LIST = spoken(
  [
    [/还在|没变|没有变|不是|还显示|still (?:there|bound|shown)/u, 'person'],
    [/没了|没有了|不在|不见|已解绑|是这样|成了|对|\bgone\b|not there|\bunbound\b|\bright\b/u, 'gone'],
  ],
  { yes: 'gone', no: 'person' },
);

/** While it is under way: wait, take it back, or a person. */
export const WAITING = spoken(
  [
    [/撤|反悔|不解了|undo|revoke|take (?:it )?back|changed my mind/u, 'revoke'],
    [/等|知道|明白|再说|好的吧|\bwait\b/u, 'wait'],
    [ENGLISH_ENOUGH, 'wait'],
    [/过了|超过|还没变|转|overdue|too long/u, 'person'],
  ],
  { yes: 'person', no: 'wait' },
);

/** Nothing has changed: find out why, or a person. */
export const UNCHANGED = spoken([[/查|原因|为什么|why|cause|reason|find out|check/u, 'why']], {
  yes: 'why',
  no: 'wait',
});

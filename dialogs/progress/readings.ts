import { spoken } from '../kit/index.ts';

/** What is asked beside the state itself, answered with one text. */
export type Aside = 'sms' | 'proof' | 'closeApp' | 'payMeanwhile' | 'bankTold' | 'howLong';

const ASIDES: readonly [Aside, RegExp][] = [
  ['sms', /短信|简讯|哪个准|为准/u],
  ['proof', /证明|回执|截图/u],
  ['closeApp', /关了?app|关掉app|后台/iu],
  ['payMeanwhile', /还?能.{0,4}(?:付|用这|刷)|会不会还能用/u],
  ['bankTold', /银行.{0,6}(?:通知|知道)/u],
  ['howLong', /多久|几天|几个工作日|周末|当天|几号|时候|多长|完成时间|等周一/u],
];

/** A question beside the state. */
export function asideIn(words: string): Aside | undefined {
  return ASIDES.find(([, sign]) => sign.test(words))?.[0];
}

/** 「页面上写的是什么?」 */
export const PAGE = spoken([
  [/撤/u, 'revoke'],
  [/处理中|处理|受理|待生效|冷[静却]期|解绑中|灰/u, 'pending'],
  [/失败|失效|没成|未成功/u, 'unchanged'],
  [/没了|没有了|不在|不见|消失|已解绑|成功/u, 'gone'],
  [/还在|没变|正常|照旧|原样|还没/u, 'unchanged'],
  [/看不|不知道|不清楚|不懂|找不到|没看到/u, 'unclear'],
]);

/** 「列表里也是这样吗?」 */
export const LIST = spoken(
  [
    [/还在|没变|没有变|不是|还显示/u, 'person'],
    [/没了|没有了|不在|不见|已解绑|是这样|成了|对/u, 'gone'],
  ],
  { yes: 'gone', no: 'person' },
);

/** While it is under way: wait, take it back, or a person. */
export const WAITING = spoken(
  [
    [/撤|反悔|不解了/u, 'revoke'],
    [/等|知道|明白|再说|好的吧/u, 'wait'],
    [/过了|超过|还没变|转/u, 'person'],
  ],
  { yes: 'person', no: 'wait' },
);

/** Nothing has changed: find out why, or a person. */
export const UNCHANGED = spoken([[/查|原因|为什么/u, 'why']], { yes: 'why', no: 'wait' });

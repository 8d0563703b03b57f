import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'security-settings.difference',
    intent: 'security_settings',
    asked: [
      '免密和快捷支付有什么区别',
      '关了免密等于解绑吗',
      '快捷支付是什么意思',
      '小额免密是啥',
      'is turning off password-free payment the same as unbinding',
      'what is quick pay',
    ],
  },
  {
    key: 'security-settings.howTo-leaked',
    intent: 'security_settings',
    asked: [
      '卡号发给别人了有危险吗',
      '卡号泄露了怎么办',
      '不小心把卡号发到群里',
      'I sent my card number to someone',
    ],
  },
];

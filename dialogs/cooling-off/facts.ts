import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'cooling-off.aside-useAfter',
    intent: 'cooling_off',
    asked: [
      '撤回解绑之后卡能马上用吗',
      '撤回后多久能付款',
      '撤销解绑以后还能继续支付吗',
      'can I pay right after withdrawing the unbinding',
    ],
  },
  {
    key: 'cooling-off.aside-rebind',
    intent: 'cooling_off',
    asked: [
      '撤回解绑要重新绑卡吗',
      '撤销以后是不是还得再绑一次',
      'do I have to bind the card again after withdrawing',
    ],
  },
  {
    key: 'cooling-off.aside-cost',
    intent: 'cooling_off',
    asked: [
      '撤回解绑要钱吗',
      '撤销解绑收费吗',
      '撤回申请有手续费吗',
      'is there a fee to withdraw the unbinding',
    ],
  },
  {
    key: 'cooling-off.aside-howLong',
    intent: 'cooling_off',
    asked: [
      '冷静期多长时间',
      '冷却期是几个小时',
      '多久之内可以撤回解绑',
      'how long is the cooling-off period',
    ],
  },
];

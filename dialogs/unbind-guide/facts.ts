import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'unbind-guide.difference',
    intent: 'unbind_vs_delete',
    asked: [
      '解绑和删除有什么不同',
      '删卡跟解绑是一回事吗',
      '该点解绑还是删除',
      'what is the difference between unbinding and deleting',
    ],
  },
  {
    key: 'unbind-guide.records',
    intent: 'unbind_vs_delete',
    asked: [
      '删除后交易记录还在吗',
      '删了卡记录会不会没了',
      '点删除会清空记录吗',
      'will deleting erase my records',
    ],
  },
  {
    key: 'unbind-guide.autopayPaid',
    intent: 'autopay_check',
    asked: [
      '关了续费这个月会员还能用吗',
      '取消订阅后已经付的能用完吗',
      'can I still use the membership I already paid for',
    ],
  },
  {
    key: 'unbind-guide.rebind',
    intent: 'unbind_vs_delete',
    asked: [
      '删了还能绑回来吗',
      '解绑以后可以再绑定吗',
      '解绑了还想用能重新绑吗',
      '解了还能绑回去吗',
      'can I bind the card again later',
      'can I add the card back after unbinding',
    ],
  },
  {
    key: 'unbind-guide.cost',
    intent: 'unbind_how',
    asked: [
      '解绑要收费吗',
      '解绑要钱吗',
      '解绑信用卡有没有手续费',
      '取消绑定收不收钱',
      'is there a fee for unbinding',
      'does unbinding cost anything',
    ],
  },
];

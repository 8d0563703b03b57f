import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'card-status.asideUsed',
    intent: 'fail_card_closed',
    asked: [
      '卡挂失了还会被扣款吗',
      '挂失以后别人还能刷吗',
      '挂失的卡代扣还会扣吗',
      'can a card reported lost still be charged',
    ],
  },
  {
    key: 'card-status.asideNewNumber',
    intent: 'fail_card_closed',
    asked: [
      '换卡后旧卡号怎么解绑',
      '新卡号变了旧卡还在列表里',
      '补了新卡卡号不一样旧的怎么解',
      'how do I remove the old card after getting a new number',
    ],
  },
];

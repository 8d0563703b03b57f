import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'complaint.canTakeBack',
    intent: 'complaint',
    asked: ['投诉了还能撤吗', '投诉以后可以撤销吗', 'can I withdraw a complaint'],
  },
  {
    key: 'complaint.outside',
    intent: 'complaint',
    asked: [
      '除了你们还能向谁投诉',
      '可以去人民银行投诉吗',
      '银保监会投诉电话是多少',
      '哪个部门管支付平台',
      'who supervises you',
      'where else can I complain',
    ],
  },
];

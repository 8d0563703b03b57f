import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'dispute.refund',
    intent: 'charged_after_unbind',
    asked: [
      '解绑后扣的钱能退吗',
      '扣掉的钱能要回来吗',
      '多扣的款会退给我吗',
      'can I get a refund for the charge',
    ],
  },
  {
    key: 'dispute.howToSee',
    intent: 'charged_after_unbind',
    asked: [
      '交易时间在哪里看',
      '怎么看交易时间和入账时间',
      '账单上哪个是交易时间',
      'where do I see the transaction time',
    ],
  },
];

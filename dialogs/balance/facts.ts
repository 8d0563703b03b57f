import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'balance.bankDebt',
    intent: 'fail_balance',
    asked: [
      '信用卡欠款没还清能解绑吗',
      '解绑前要先还清信用卡吗',
      '欠银行的钱解绑了还用还吗',
      '信用卡账单没还可以解绑吗',
      '解绑了欠款还要还吗',
      'do I have to pay off my credit card before unbinding',
    ],
  },
  {
    key: 'balance.howLong',
    intent: 'fail_balance',
    asked: ['待结清的款要多久', '没结清的要等几天', '在途资金多久能清', 'how long until the balance settles'],
  },
  {
    key: 'balance.moveOut',
    intent: 'fail_balance',
    asked: ['余额可以提现到银行卡吗', '账户余额怎么转出来', '余额能转走吗', 'can I withdraw my balance'],
  },
  {
    key: 'balance.smallChange',
    intent: 'fail_balance',
    asked: [
      '几分钱也算没结清吗',
      '只剩一分钱也解不了吗',
      '余额几毛钱提不出来怎么办',
      'does one cent block unbinding',
    ],
  },
  {
    key: 'balance.notFirst',
    intent: 'fail_balance',
    asked: [
      '能先解绑再结清吗',
      '可以先解绑后面再还款项吗',
      '不结清可以直接解绑吗',
      'can I unbind first and settle later',
    ],
  },
];

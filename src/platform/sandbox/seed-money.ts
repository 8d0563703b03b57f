import { openItem, type SandboxAccount, type Times, toAccount } from './account.ts';

/** Customers whose money or earlier requests are the matter. */
export const MONEY_SEEDS = {
  'unsettled-balance': (t: Times): SandboxAccount =>
    toAccount({
      id: 'unsettled-balance',
      nameMasked: '吴*强',
      phoneMasked: '135****4408',
      cards: [
        {
          bank: '中国建设银行',
          last4: '3319',
          boundAt: t.days(-477),
          blockers: [
            {
              code: 'UNSETTLED_BALANCE',
              items: [
                openItem('item-ub-1', '订单退款', 5210, t.days(2)),
                openItem('item-ub-2', '账户余额', 3),
              ],
            },
          ],
        },
        { bank: '招商银行', last4: '9127', type: 'debit', boundAt: t.days(-860) },
      ],
    }),

  'withdrawal-in-transit': (t: Times): SandboxAccount =>
    toAccount({
      id: 'withdrawal-in-transit',
      nameMasked: '郑*',
      phoneMasked: '159****1163',
      cards: [
        {
          bank: '兴业银行',
          last4: '7402',
          boundAt: t.days(-298),
          blockers: [
            {
              code: 'WITHDRAWAL_IN_TRANSIT',
              items: [openItem('item-wt-1', '提现到银行卡', 20_000, t.hours(26))],
            },
          ],
        },
      ],
    }),

  'auto-debit': (t: Times): SandboxAccount =>
    toAccount({
      id: 'auto-debit',
      nameMasked: '冯*敏',
      phoneMasked: '133****7856',
      cards: [
        {
          bank: '光大银行',
          last4: '2680',
          boundAt: t.days(-390),
          autoDebits: [
            { merchant: '爱奇艺连续包月', kind: 'subscription' },
            { merchant: '手机分期(24期)', kind: 'instalment', remaining: 7 },
          ],
        },
        { bank: '招商银行', last4: '1845', boundAt: t.days(-41) },
      ],
    }),

  'cooling-off': (t: Times): SandboxAccount =>
    toAccount({
      id: 'cooling-off',
      nameMasked: '许*',
      phoneMasked: '152****3047',
      cards: [
        { bank: '中信银行', last4: '4936', status: 'unbinding', boundAt: t.days(-522) },
        { bank: '中国银行', last4: '8071', boundAt: t.days(-77) },
      ],
      unbindRequests: [
        {
          id: 'req-cooling-off-1',
          cardId: 'card-cooling-off-1',
          status: 'processing',
          submittedAt: t.hours(-4),
          revocableUntil: t.hours(20),
        },
      ],
    }),

  'charged-after-unbind': (t: Times): SandboxAccount =>
    toAccount({
      id: 'charged-after-unbind',
      nameMasked: '何*军',
      phoneMasked: '185****6629',
      cards: [
        { bank: '广发银行', last4: '5193', boundAt: t.days(-35) },
        {
          bank: '浦发银行',
          last4: '0058',
          status: 'unbound',
          boundAt: t.days(-806),
          // The agreement went on after unbinding: what the customer is being charged for.
          autoDebits: [{ merchant: '视频会员连续包月', kind: 'subscription' }],
        },
      ],
      unbindRequests: [
        {
          id: 'req-charged-1',
          cardId: 'card-charged-after-unbind-2',
          status: 'completed',
          submittedAt: t.days(-8),
          completedAt: t.days(-7),
        },
      ],
    }),

  'several-blockers': (t: Times): SandboxAccount =>
    toAccount({
      id: 'several-blockers',
      nameMasked: '曹*宇',
      phoneMasked: '176****8240',
      cards: [
        {
          bank: '交通银行',
          last4: '6374',
          boundAt: t.days(-689),
          blockers: [
            { code: 'MAINTENANCE', announcementId: 'ann-maintenance' },
            { code: 'RISK_LOCK', requiredDocuments: ['id-front', 'id-back'] },
            {
              code: 'UNSETTLED_BALANCE',
              items: [openItem('item-sb-1', '未结清订单', 12_880, t.days(3))],
            },
          ],
        },
      ],
    }),
} satisfies Record<string, (t: Times) => SandboxAccount>;

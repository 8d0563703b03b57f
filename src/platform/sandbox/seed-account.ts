import { type SandboxAccount, type Times, toAccount } from './account.ts';

/** Customers without a problem, and those whose account, identity or card is in the way. */
export const ACCOUNT_SEEDS = {
  happy: (t: Times): SandboxAccount =>
    toAccount({
      id: 'happy',
      nameMasked: '张*',
      phoneMasked: '138****8000',
      cards: [
        { bank: '招商银行', last4: '1234', boundAt: t.days(-259) },
        { bank: '中国建设银行', last4: '5678', boundAt: t.days(-733) },
      ],
    }),

  'risk-lock': (t: Times): SandboxAccount =>
    toAccount({
      id: 'risk-lock',
      nameMasked: '李*华',
      phoneMasked: '139****2046',
      cards: [
        {
          bank: '招商银行',
          last4: '6621',
          boundAt: t.days(-512),
          blockers: [{ code: 'RISK_LOCK', requiredDocuments: ['id-front', 'id-back', 'id-in-hand'] }],
        },
      ],
    }),

  // The platform knows that they differ, not why: the customer has to be asked.
  'identity-mismatch': (t: Times): SandboxAccount =>
    toAccount({
      id: 'identity-mismatch',
      nameMasked: '王*梅',
      phoneMasked: '136****7719',
      identityVerified: false,
      cards: [
        { bank: '中国银行', last4: '3087', boundAt: t.days(-130) },
        {
          bank: '中国工商银行',
          last4: '9042',
          boundAt: t.days(-1460),
          blockers: [{ code: 'IDENTITY_MISMATCH' }],
        },
      ],
    }),

  'closed-card': (t: Times): SandboxAccount =>
    toAccount({
      id: 'closed-card',
      nameMasked: '陈*',
      phoneMasked: '137****5530',
      cards: [
        { bank: '浦发银行', last4: '2275', boundAt: t.days(-88) },
        { bank: '广发银行', last4: '4410', boundAt: t.days(-1903), blockers: [{ code: 'CARD_CLOSED' }] },
      ],
    }),

  'lost-card': (t: Times): SandboxAccount =>
    toAccount({
      id: 'lost-card',
      nameMasked: '刘*洋',
      phoneMasked: '158****3391',
      cards: [
        { bank: '中信银行', last4: '7753', boundAt: t.days(-401), blockers: [{ code: 'CARD_LOST' }] },
        { bank: '中国农业银行', last4: '1196', type: 'debit', boundAt: t.days(-950) },
      ],
    }),

  'verification-locked': (t: Times): SandboxAccount =>
    toAccount({
      id: 'verification-locked',
      nameMasked: '赵*',
      phoneMasked: '150****6682',
      cards: [
        {
          bank: '民生银行',
          last4: '8316',
          boundAt: t.days(-340),
          blockers: [{ code: 'VERIFICATION_LOCKED', until: t.hours(6) }],
        },
      ],
    }),

  maintenance: (t: Times): SandboxAccount =>
    toAccount({
      id: 'maintenance',
      nameMasked: '孙*丽',
      phoneMasked: '186****0274',
      cards: [
        {
          bank: '交通银行',
          last4: '5502',
          boundAt: t.days(-615),
          blockers: [{ code: 'MAINTENANCE', announcementId: 'ann-maintenance' }],
        },
      ],
    }),

  // Its calls never come back; the account is only seen by tests that look inside.
  'platform-down': (t: Times): SandboxAccount =>
    toAccount({
      id: 'platform-down',
      nameMasked: '周*',
      phoneMasked: '188****9915',
      cards: [{ bank: '平安银行', last4: '6048', boundAt: t.days(-210) }],
    }),
} satisfies Record<string, (t: Times) => SandboxAccount>;

import { expect } from 'chai';
import { TOPICS, type TopicId } from '../../dialogs/index.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import type { SandboxCustomerId } from '../../src/platform/sandbox/customers.ts';
import { fatesOf } from '../support/fates.ts';
import { hold } from './talks.ts';

const FAILS = '解绑一直失败';

interface OneCause {
  customer: SandboxCustomerId;
  cause: BlockerCode;
  /** What the customer says when the platform knows the account. */
  known: string[];
  /** What a visitor says: the symptoms by their place in the list. */
  anonymous: string[];
  /** The text that names the cause to a visitor. */
  named: string;
}

const ONE_CAUSE: readonly OneCause[] = [
  {
    customer: 'risk-lock',
    cause: 'RISK_LOCK',
    known: [FAILS],
    anonymous: [FAILS, '1'],
    named: 'risk-lock.stopTrying',
  },
  {
    customer: 'identity-mismatch',
    cause: 'IDENTITY_MISMATCH',
    known: [FAILS, '2'],
    anonymous: [FAILS, '2', '2'],
    named: 'identity-mismatch.notHolder',
  },
  {
    customer: 'closed-card',
    cause: 'CARD_CLOSED',
    known: [FAILS, '2'],
    anonymous: [FAILS, '3', '4'],
    named: 'identity-mismatch.cardClosed',
  },
  {
    customer: 'lost-card',
    cause: 'CARD_LOST',
    known: [FAILS],
    anonymous: [FAILS, '3', '1'],
    named: 'card-status.reported',
  },
  {
    customer: 'unsettled-balance',
    cause: 'UNSETTLED_BALANCE',
    known: [FAILS],
    anonymous: [FAILS, '4', '1'],
    named: 'balance.howTo-UNSETTLED_BALANCE',
  },
  {
    customer: 'withdrawal-in-transit',
    cause: 'WITHDRAWAL_IN_TRANSIT',
    known: [FAILS],
    anonymous: [FAILS, '4', '2'],
    named: 'balance.howTo-WITHDRAWAL_IN_TRANSIT',
  },
  {
    customer: 'verification-locked',
    cause: 'VERIFICATION_LOCKED',
    known: [FAILS],
    anonymous: [FAILS, '5', '提示次数过多 稍后再试'],
    named: 'verification.locked',
  },
  {
    customer: 'maintenance',
    cause: 'MAINTENANCE',
    known: [FAILS],
    anonymous: [FAILS, '6'],
    named: 'maintenance.until',
  },
];

/** In how many messages of the customer the cause is named; Infinity when it never is. */
async function messagesUntil(
  customerId: string | undefined,
  texts: string[],
  isNamed: (told: { keys: string[]; causes: BlockerCode[] }) => boolean,
): Promise<number> {
  let messages = 0;
  for await (const { keys, insight } of hold(customerId, texts)) {
    messages++;
    if (isNamed({ keys, causes: insight.causes })) return messages;
  }
  return Number.POSITIVE_INFINITY;
}

describe('a customer with one thing in the way', () => {
  const counts: string[] = [];
  after(() => console.log(`    messages until the cause is named:\n${counts.join('\n')}`));

  for (const { customer, cause, known, anonymous, named } of ONE_CAUSE) {
    it(`${customer}: ${cause} is named in 3 messages when signed in, in 4 when not`, async () => {
      const signedIn = await messagesUntil(
        customer,
        known,
        ({ keys, causes }) => keys.includes('diagnose.oneBlocker') && causes.includes(cause),
      );
      const visitor = await messagesUntil(undefined, anonymous, ({ keys }) => keys.includes(named));
      counts.push(`      ${customer.padEnd(24)}${signedIn} signed in, ${visitor} not`);
      expect(signedIn).to.be.at.most(3);
      expect(visitor).to.be.at.most(4);
    });
  }
});

type TalkOfTopic = [outcome: Outcome, customer: SandboxCustomerId | undefined, ...texts: string[]];

/** For each topic a talk that begins in it, and the outcome it comes to, there or where it goes over to. */
const TALKS: Record<TopicId, TalkOfTopic> = {
  diagnose: ['left', 'risk-lock', FAILS, '先不用'],
  'risk-lock': ['person', undefined, '提示账户存在风险', '转人工客服', '留言', '一直解不了'],
  'identity-mismatch': ['left', 'identity-mismatch', '提示身份信息不一致', '2', '先不用'],
  'card-status': ['case', 'lost-card', '卡丢了已经挂失了', '2', '现在登记'],
  maintenance: ['reminder', 'maintenance', FAILS, '好'],
  balance: ['left', undefined, '提示有余额解不了', '1', '知道了'],
  verification: ['left', undefined, '收不到验证码', '1', '2', '先去改'],
  autopay: ['solved', undefined, '解绑前要不要关自动扣款', '没有', '看过了', '先不用'],
  'security-settings': ['solved', undefined, '小额免密怎么关', '弄好了', '没有了'],
  'unbind-guide': ['left', undefined, '解绑和删除有什么区别', '取消'],
  progress: ['left', 'cooling-off', '解绑进度怎么样了', '等等看', '不用提醒'],
  'cooling-off': ['solved', 'cooling-off', '我想撤回解绑', '撤回了'],
  aftercare: ['solved', undefined, '解绑完了还要做什么', '没有了', '不用'],
  'case-status': ['left', undefined, '我的审核到哪一步了', '取消'],
  'official-channel': ['solved', undefined, '这个链接是官方的吗', '没点'],
  dispute: ['left', undefined, '解绑了还在扣钱', '之后', '先不用'],
  fraud: ['person', undefined, '我的卡被盗刷了', '已经冻结了', '昨晚被刷了三笔，都不是我', '留言', '就这些'],
  complaint: ['case', undefined, '我要投诉', '页面老是闪退，害我白跑了三趟银行', '先不用'],
  reminders: ['solved', undefined, '我有哪些提醒'],
  handoff: ['left', undefined, '转人工', '不排了'],
  'small-talk': ['solved', undefined, '你好'],
};

describe('every topic comes to an outcome', () => {
  for (const topic of TOPICS) {
    const [outcome, customer, ...texts] = TALKS[topic];
    it(`${topic}: ${outcome}`, async () => {
      const insights = [];
      for await (const { insight } of hold(customer, texts)) insights.push(insight);
      expect(insights.flatMap(({ entered }) => entered)).to.include(topic);
      expect(fatesOf(insights)).to.deep.equal({ open: [], deadEnds: [] });
      const outcomes = insights.flatMap(({ ended }) =>
        ended.flatMap((end) => ('to' in end ? [] : [end.outcome])),
      );
      expect(outcomes).to.include(outcome);
    });
  }
});

describe('following topics to their outcomes', () => {
  const base = { entered: [], ended: [], step: null } as const;
  const fates = (...turns: object[]) =>
    fatesOf(turns.map((turn, at) => ({ seq: at + 1, ...base, ...turn })) as never);

  it('sees a topic that asks nothing, and one that leads nowhere', () => {
    expect(fates({ entered: ['fraud'], step: 'fraud.frozenYet' })).to.deep.equal({
      open: ['fraud'],
      deadEnds: [],
    });
    expect(fates({ entered: ['fraud'] }).deadEnds).to.deep.equal(['1: fraud is open and asks nothing']);
    expect(fates({ step: 'fraud.frozenYet' }).deadEnds).to.have.length(1);
    expect(fates({ ended: [{ topic: 'fraud', outcome: 'left' }] }).deadEnds).to.have.length(1);
    expect(
      fates({ entered: ['diagnose'], ended: [{ topic: 'diagnose', to: 'balance' }] }).deadEnds,
    ).to.deep.equal(['1: diagnose went over to balance, which was not begun']);
  });
});

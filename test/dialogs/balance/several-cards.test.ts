import { expect } from 'chai';
import { createBot } from '../../../src/bot/turn.ts';
import type { Blocker, Card, Platform } from '../../../src/domain/platform.ts';
import { TEST_SETTINGS } from '../../support/desk.ts';
import { sharedDesk } from '../../support/transcript.ts';

const BLOCKERS: Record<string, Blocker[]> = {
  one: [
    {
      code: 'UNPAID_BILL',
      items: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ id: `i${n}`, title: `订单${n}`, amountFen: n * 100 })),
    },
  ],
  two: [{ code: 'UNSETTLED_BALANCE', items: [] }],
};

function card(id: string, last4: string): Card {
  const boundAt = '2025-01-01T00:00:00+08:00';
  return { id, bank: '招商银行', last4, type: 'credit', status: 'bound', boundAt };
}

const platform: Pick<Platform, 'cards' | 'eligibility'> = {
  cards: async () => ({ kind: 'found', value: [card('one', '1111'), card('two', '2222')] }),
  eligibility: async (_customerId, cardId) => ({
    kind: 'found',
    value: { eligible: false, blockers: BLOCKERS[cardId] ?? [], autoDebits: [] },
  }),
};

/** Says the texts one after the other in a new conversation and returns what the bot said to the last. */
async function afterSaying(id: string, texts: string[]): Promise<string[]> {
  const { cases, handoffs, documents, reminders, clock, understanding, store } = await sharedDesk();
  const services = {
    platform: platform as Platform,
    cases,
    handoffs,
    uploads: documents,
    reminders,
    settings: TEST_SETTINGS,
    clock,
  };
  const faults: object[] = [];
  const log = { error: (details: object) => void faults.push(details) };
  const runTurn = createBot({ services, understand: understanding.understand, log });
  await store.open({ id, channel: 'directline', userId: 'dl_test', customerId: 'several', locale: 'zh-CN' });
  let said: string[] = [];
  for (const text of texts) {
    await store.accept(id, { origin: 'customer', activity: { type: 'message', text } });
    const claimed = await store.claim(id, 60_000);
    const message = claimed.kind === 'claimed' ? claimed.claim.messages[0] : undefined;
    if (claimed.kind !== 'claimed' || !message) throw new Error('the message waits for its turn');
    const outcome = await runTurn(claimed.claim, message);
    await store.commit(claimed.claim, { ...outcome, seq: message.seq });
    said = outcome.replies.map((reply) => reply.text ?? '');
  }
  expect(faults).to.deep.equal([]);
  return said;
}

describe('open sums on several cards', () => {
  it('are told for the card the customer chooses, five at most', async () => {
    const said = await afterSaying('several-1', ['提示有余额解不了', '尾号1111']);
    expect(said[0]?.split('\n')).to.deep.equal([
      '招商银行尾号1111还有这些没结清：',
      '',
      '· 订单1 1.00 元',
      '· 订单2 2.00 元',
      '· 订单3 3.00 元',
      '· 订单4 4.00 元',
      '· 订单5 5.00 元',
      '· 还有 2 笔，页面上看得到',
    ]);
  });

  it('are told for another card on demand, even when the platform names none', async () => {
    const said = await afterSaying('several-2', ['提示有余额解不了', '1', '看另一张卡', '2']);
    expect(said[0]).to.match(/^招商银行尾号2222还有款项没结清，平台没有告诉我是哪一笔。/);
  });
});

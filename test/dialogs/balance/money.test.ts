import { expect } from 'chai';
import { findMoney, itemKey, moneyBlockers } from '../../../dialogs/balance/money.ts';
import type { Services } from '../../../dialogs/kit/index.ts';
import type { Blocker, Card, Eligibility, Lookup, Platform } from '../../../src/domain/platform.ts';

const NOW = new Date('2026-11-23T10:00:00+08:00');
const REFUND = { id: 'i1', title: '订单退款', amountFen: 5210 };
const BALANCE: Blocker = { code: 'UNSETTLED_BALANCE', items: [REFUND] };

function card(id: string, more: Partial<Card> = {}): Card {
  const boundAt = '2025-01-01T00:00:00+08:00';
  return { id, bank: '招商银行', last4: '1234', type: 'credit', status: 'bound', boundAt, ...more };
}

function servicesWith(cards: Card[], eligibility: (cardId: string) => Lookup<Eligibility>): Services {
  const platform: Pick<Platform, 'cards' | 'eligibility'> = {
    cards: async () => ({ kind: 'found', value: cards }),
    eligibility: async (_customerId, cardId) => eligibility(cardId),
  };
  return { platform } as Services;
}

function refused(...blockers: Blocker[]): Lookup<Eligibility> {
  return { kind: 'found', value: { eligible: false, blockers, autoDebits: [] } };
}

describe('open sums', () => {
  it('are only the blockers that list sums', () => {
    expect(moneyBlockers([{ code: 'RISK_LOCK' }, BALANCE, { code: 'CARD_LOST' }])).to.deep.equal([BALANCE]);
  });

  it('are looked for on bound credit cards, and cards without any are left out', async () => {
    const asked: string[] = [];
    const cards = [
      card('a'),
      card('b'),
      card('debit', { type: 'debit' }),
      card('gone', { status: 'unbound' }),
    ];
    const services = servicesWith(cards, (cardId) => {
      asked.push(cardId);
      return cardId === 'b' ? refused(BALANCE) : refused({ code: 'RISK_LOCK' });
    });
    const found = await findMoney(services, 'someone');
    expect(asked).to.deep.equal(['a', 'b']);
    expect(found.kind === 'found' && found.cards.map(({ cardId }) => cardId)).to.deep.equal(['b']);
  });

  it('are unknown as soon as one card cannot be looked up', async () => {
    const services = servicesWith([card('a'), card('b')], (cardId) =>
      cardId === 'a' ? refused(BALANCE) : { kind: 'unavailable' },
    );
    expect(await findMoney(services, 'someone')).to.deep.equal({ kind: 'unavailable' });
  });

  it('without a time, or past it, are not given one as expected', () => {
    expect(itemKey(REFUND, NOW)).to.equal('balance.item');
    expect(itemKey({ ...REFUND, expectedAt: '2026-11-23T09:59:00+08:00' }, NOW)).to.equal(
      'balance.itemOverdue',
    );
    expect(itemKey({ ...REFUND, expectedAt: '2026-11-23T10:01:00+08:00' }, NOW)).to.equal(
      'balance.itemExpected',
    );
  });
});

import { expect } from 'chai';
import {
  type CardPlan,
  dropPlan,
  endWork,
  isPlan,
  keepPlan,
  openCodes,
  PLAN_VERSION,
  type Plan,
  type PlanKeeper,
  renewPlan,
} from '../../src/domain/plan.ts';

const NOW = new Date('2026-11-23T10:00:00Z');

function planFor(id: string, more: Partial<CardPlan> = {}): CardPlan {
  const card = { id, bank: '招商银行', last4: '1234' };
  return { card, codes: ['RISK_LOCK', 'UNPAID_BILL'], worked: [], since: NOW.toISOString(), ...more };
}

describe('a plan', () => {
  it('has the card first that was talked about last, each card once, and not more than three', () => {
    const keeper: PlanKeeper = {};
    for (const id of ['a', 'b', 'a', 'c', 'd']) keepPlan(keeper, planFor(id));
    expect(keeper.plan?.cards.map(({ card }) => card?.id)).to.deep.equal(['d', 'c', 'a']);
    for (const _ of [1, 2]) dropPlan(keeper);
    expect(keeper.plan?.cards.map(({ card }) => card?.id)).to.deep.equal(['a']);
    dropPlan(keeper);
    expect(keeper).to.deep.equal({});
  });

  it('marks what was worked through once, and only what was being worked on', () => {
    const keeper: PlanKeeper = {};
    expect(endWork(keeper)).to.equal(undefined);
    keepPlan(keeper, planFor('a'));
    expect(endWork(keeper)).to.equal(undefined);
    for (const _ of [1, 2]) {
      if (keeper.plan) keeper.plan.working = 'RISK_LOCK';
      expect(endWork(keeper)).to.equal('RISK_LOCK');
    }
    const [one] = keeper.plan?.cards ?? [];
    expect(one?.worked).to.deep.equal(['RISK_LOCK']);
    expect(one && openCodes(one)).to.deep.equal(['UNPAID_BILL']);
  });

  it('is kept for thirty days', () => {
    const day = 24 * 60 * 60 * 1000;
    const old = planFor('old', { since: new Date(NOW.getTime() - 31 * day).toISOString() });
    const recent = planFor('recent', { since: new Date(NOW.getTime() - 30 * day).toISOString() });
    const keeper: PlanKeeper = { plan: { version: PLAN_VERSION, cards: [old, recent] } };
    renewPlan(keeper, NOW);
    expect(keeper.plan?.cards.map(({ card }) => card?.id)).to.deep.equal(['recent']);
    renewPlan(keeper, new Date(NOW.getTime() + day));
    expect(keeper).to.deep.equal({});
  });

  it('of another release keeps its cards, to be looked up anew; without any it is known that there was one', () => {
    const later = { version: 2, cards: [{ ...planFor('a'), steps: 7, codes: 'all of them' }, 'x'] };
    const keeper = { plan: later as unknown as Plan };
    renewPlan(keeper, NOW);
    expect(keeper.plan).to.deep.equal({
      version: PLAN_VERSION,
      cards: [{ card: planFor('a').card, codes: [], worked: [], replan: true, since: NOW.toISOString() }],
    });
    const foreign = { plan: { version: 0 } as unknown as Plan };
    renewPlan(foreign, NOW);
    expect(foreign.plan.cards).to.deep.equal([
      { codes: [], worked: [], replan: true, since: NOW.toISOString() },
    ]);
  });

  it('forgets what this release has no name for', () => {
    const codes = ['RISK_LOCK', 'MOON_PHASE'] as CardPlan['codes'];
    const keeper: PlanKeeper = { plan: { version: PLAN_VERSION, cards: [planFor('a', { codes })] } };
    renewPlan(keeper, NOW);
    expect(keeper.plan?.cards[0]?.codes).to.deep.equal(['RISK_LOCK']);
  });

  it('is told from what is none', () => {
    const good = { version: PLAN_VERSION, cards: [planFor('a'), { ...planFor('b'), card: undefined }] };
    expect(isPlan(JSON.parse(JSON.stringify(good)))).to.equal(true);
    expect(isPlan({ version: 9, anything: true })).to.equal(true);
    const bad = [
      null,
      'plan',
      {},
      { version: PLAN_VERSION },
      { version: PLAN_VERSION, cards: [{ codes: [], worked: [] }] },
      { version: PLAN_VERSION, cards: [{ ...planFor('a'), card: { id: 5 } }] },
      { version: PLAN_VERSION, cards: [{ ...planFor('a'), codes: [5] }] },
      { version: PLAN_VERSION, cards: [{ ...planFor('a'), symptom: {} }] },
    ];
    for (const one of bad) expect(isPlan(one), JSON.stringify(one)).to.equal(false);
  });
});

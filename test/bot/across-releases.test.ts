import { expect } from 'chai';
import type { BotState } from '../../src/conversation/store.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { keysOf, run, type Said, saying } from './one-turn.ts';

interface Kept {
  dialogs: { dialogStack: { id: string; state: { version: number } }[] };
  memory: { plan?: unknown };
}

describe('a conversation across releases', () => {
  let desk: Desk;
  const say = (text: string, said: Said = {}) => run(desk.runTurn, saying(text), said);

  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.close());
  beforeEach(() => {
    desk.faults.length = 0;
  });

  /** The state as another release would have left it. */
  function leftBy(state: BotState, change: (kept: Kept) => void): BotState {
    const copy = structuredClone(state);
    for (const kept of Object.values(copy) as Kept[]) change(kept);
    return copy;
  }
  const inVersion = (state: BotState, releases: number) =>
    leftBy(state, ({ dialogs }) => {
      for (const topic of dialogs.dialogStack) topic.state.version += releases;
    });
  const withPlan = (plan: unknown) =>
    leftBy({ 'directline/conversations/turn-test/': { dialogs: { dialogStack: [] }, memory: {} } }, (kept) =>
      Object.assign(kept.memory, { misses: 0, firstAid: false, plan }),
    );
  const planIn = (state: BotState) => (Object.values(state) as Kept[])[0]?.memory.plan;

  it('two releases on, and back again: told each time, begun again, and what was told is not asked for twice', async () => {
    const open = await say('解绑尾号5678的卡要怎么操作');
    const newer = await say('都没问题', { state: inVersion(open.state, -2) });
    expect(keysOf(newer.replies)).to.deep.equal(['common.flowUpdated', 'unbind-guide.prechecks']);
    const further = await say('都没问题', { state: newer.state });
    expect(keysOf(further.replies)).to.deep.equal(['unbind-guide.autopay']);
    const newest = await say('没有了', { state: inVersion(further.state, -1) });
    expect(keysOf(newest.replies)).to.deep.equal(['common.flowUpdated', 'unbind-guide.autopay']);
    const rolledBack = await say('都没问题', { state: inVersion(newest.state, 1) });
    expect(keysOf(rolledBack.replies)).to.deep.equal(['common.flowUpdated', 'unbind-guide.autopay']);
    expect(JSON.stringify(rolledBack.state)).to.include('"cardLast4":"5678"');
    expect(desk.faults).to.deep.equal([]);
  });

  it('a topic below that is two releases old is begun again when the one above it has ended', async () => {
    const open = await say('解绑尾号5678的卡要怎么操作');
    const above = await say('我有哪些提醒', { state: inVersion(open.state, -2) });
    const keys = keysOf(above.replies);
    expect(keys).to.include('common.flowUpdated');
    expect(keys.at(-1)).to.equal('unbind-guide.prechecks');
    expect(JSON.stringify(above.state)).to.include('"cardLast4":"5678"');
  });

  it('a memory from before there were plans is a memory without one', async () => {
    const { replies, state } = await say('接着办', { state: withPlan(undefined) });
    expect(keysOf(replies)).to.not.include('common.stateLost');
    expect(planIn(state)).to.equal(undefined);
  });

  it('a plan of another release: said so, and its card is looked up anew', async () => {
    const card = { id: 'card-happy-2', bank: '中国建设银行', last4: '5678' };
    const { replies, state } = await say('接着办', {
      state: withPlan({ version: 0, cards: [{ card, steps: ['lock', 'money'] }] }),
    });
    expect(keysOf(replies).slice(0, 2)).to.deep.equal(['common.flowUpdated', 'diagnose.nothingInTheWay']);
    expect(replies[1]?.text).to.include('5678');
    expect(planIn(state)).to.deep.include({ version: 1 });
    expect(desk.faults).to.deep.equal([]);
  });

  it('a plan of another release that names no card: said so, and the card is asked for', async () => {
    const { replies } = await say('接着办', { state: withPlan({ version: 7, journey: {} }) });
    expect(keysOf(replies)).to.deep.equal(['common.flowUpdated', 'diagnose.whichCard']);
  });

  it('a plan whose card is gone is dropped without a word', async () => {
    const card = { id: 'card-gone', bank: '招商银行', last4: '9999' };
    const plan = {
      version: 1,
      cards: [{ card, codes: ['RISK_LOCK'], worked: [], since: '2026-11-22T10:00:00Z' }],
    };
    const { replies, state } = await say('你好', { state: withPlan(plan) });
    expect(keysOf(replies)).to.deep.equal(['small-talk.greet']);
    expect(planIn(state)).to.equal(undefined);
  });

  it('what is no plan at all is a lost state, and said so', async () => {
    const { replies } = await say('接着办', { state: withPlan({ version: 1, cards: 'all' }) });
    expect(keysOf(replies)[0]).to.equal('common.stateLost');
    expect(desk.faults).to.have.length(1);
  });
});

import { expect } from 'chai';
import { type Desk, openDesk } from '../support/desk.ts';
import { run, type Said, saying } from './one-turn.ts';

describe('what reports see of a turn', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.close());

  async function seen(text: string, said: Said = {}) {
    const { insight, state } = await run(desk.runTurn, saying(text), said);
    if (!insight) throw new Error('nothing was seen');
    return { insight, state };
  }

  it('where it was held, what was understood, and which question is open', async () => {
    const { insight } = await seen('解绑一直失败');
    expect(insight).to.deep.include({
      conversationId: 'turn-test',
      seq: 7,
      at: desk.clock.now().toISOString(),
      channel: 'directline',
      locale: 'zh-CN',
      known: true,
      origin: 'customer',
      topic: 'diagnose',
      step: 'diagnose.whichCard',
      intent: 'fail_generic',
      decision: 'accept',
      answered: null,
      entered: ['diagnose'],
      ended: [],
      causes: [],
    });
    expect(insight.confidence).to.be.within(0.5, 1);
    expect(insight.ranking).to.have.length(3);
  });

  it('an answer, and which topic has gone over to which', async () => {
    const { state } = await seen('解绑一直失败');
    const { insight } = await seen('1', { state });
    expect(insight).to.deep.include({
      topic: 'unbind-guide',
      answered: true,
      entered: ['unbind-guide'],
      ended: [{ topic: 'diagnose', to: 'unbind-guide' }],
    });
  });

  it('what was no answer', async () => {
    const { state } = await seen('解绑一直失败');
    const { insight } = await seen('嗯嗯啊啊哦', { state });
    expect(insight).to.deep.include({ topic: 'diagnose', answered: false, entered: [], ended: [] });
  });

  it('a digression: the first topic has not ended, the one in between has its outcome', async () => {
    const first = await seen('解绑一直失败');
    const aside = await seen('我有哪些提醒', { state: first.state });
    expect(aside.insight).to.deep.include({
      topic: 'diagnose',
      step: 'diagnose.whichCard',
      answered: false,
      entered: ['reminders'],
      ended: [{ topic: 'reminders', outcome: 'solved' }],
    });
  });

  for (const [words, topic] of [
    ['取消', 'small-talk'],
    ['我的卡被盗刷了', 'fraud'],
  ] as const) {
    it(`「${words}」 ends every open topic as left`, async () => {
      const first = await seen('解绑一直失败');
      const aside = await seen('扣款提示账户有风险', { state: first.state });
      const { insight } = await seen(words, { state: aside.state });
      const open = [...first.insight.entered, ...aside.insight.entered].filter(
        (entered) => !aside.insight.ended.some((end) => end.topic === entered),
      );
      expect(open).to.include('diagnose');
      for (const left of open) expect(insight.ended).to.deep.include({ topic: left, outcome: 'left' });
      expect(insight.entered).to.include(topic);
      expect(insight.topic).to.equal(topic);
    });
  }

  it('a topic that goes on by going over to itself is neither begun nor ended', async () => {
    const first = await seen('我的卡被盗刷了');
    expect(first.insight.entered).to.deep.equal(['fraud']);
    const { insight } = await seen('钱能追回来吗', { state: first.state });
    expect(insight).to.deep.include({ topic: 'fraud', answered: true, entered: [], ended: [] });
  });

  it('a topic that is begun again in another version of its flow goes on', async () => {
    const { state } = await seen('解绑一直失败');
    const old = JSON.parse(JSON.stringify(state).replace('"version":', '"version":-'));
    const { insight } = await seen('1', { state: old });
    expect(insight).to.deep.include({ topic: 'diagnose', entered: [], ended: [] });
  });

  it('no word of what was said', async () => {
    const { insight } = await seen('解绑一直失败 我叫张三 卡号6222021234567890123');
    expect(JSON.stringify(insight)).to.not.match(/[一-鿿]|6222/);
  });

  it('an event: no intent, no answer', async () => {
    const { insight } = await run(desk.runTurn, { type: 'conversationUpdate' }, { system: true });
    expect(insight).to.deep.include({
      origin: 'system',
      topic: null,
      intent: null,
      confidence: null,
      decision: null,
      ranking: [],
      answered: null,
    });
  });

  it('what keeps the card from being unbound', async () => {
    const causes = [];
    const id = 'insight-cause';
    await desk.store.open({
      id,
      channel: 'directline',
      userId: 'dl',
      customerId: 'risk-lock',
      locale: 'zh-CN',
    });
    for (const text of ['解绑一直失败', '先不用']) {
      await desk.store.accept(id, { origin: 'customer', activity: { type: 'message', text } });
      await desk.answer(id);
      causes.push(desk.insights.at(-1));
    }
    expect(causes.map((insight) => insight?.causes)).to.deep.equal([['RISK_LOCK'], []]);
    expect(causes.at(-1)?.ended).to.deep.equal([{ topic: 'risk-lock', outcome: 'left' }]);
  });
});

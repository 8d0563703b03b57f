import { expect } from 'chai';
import { keysOf, run, saying } from '../../bot/one-turn.ts';
import { botOn } from '../bot-on.ts';

const CARD = {
  id: 'card-new',
  bank: '招商银行',
  last4: '1234',
  type: 'credit',
  status: 'bound',
  boundAt: '2026-11-22T10:00:00+08:00',
} as const;

/** A bot for a customer whose only card was bound yesterday. */
const botFor = (until?: string) =>
  botOn({
    cards: async () => ({ kind: 'found', value: [CARD] }),
    eligibility: async () => ({
      kind: 'found',
      value: { eligible: false, blockers: [{ code: 'RECENTLY_BOUND', until }], autoDebits: [] },
    }),
  });

describe('a card that was bound a short time ago', () => {
  it('is told why, until when the platform says, and that one try is enough then', async () => {
    const bot = await botFor('2026-11-24T10:00:00+08:00');
    const { replies, state } = await run(bot, saying('解绑一直失败'));
    expect(keysOf(replies)).to.deep.equal([
      'diagnose.oneBlocker',
      'progress.bound-why',
      'progress.bound-until',
      'progress.bound-next',
    ]);
    expect(replies[2]?.text).to.include('明天 10:00');
    const waits = await run(bot, saying('知道了'), { state });
    expect(keysOf(waits.replies)).to.deep.equal(['progress.bound-later']);
  });

  it('is not given a time that the platform does not name', async () => {
    const { replies } = await run(await botFor(), saying('解绑一直失败'));
    expect(keysOf(replies)).to.deep.equal([
      'diagnose.oneBlocker',
      'progress.bound-why',
      'progress.bound-next',
    ]);
  });

  it('may be tried once more when the time is over, with the steps', async () => {
    const bot = await botFor('2026-11-23T09:00:00+08:00');
    const { replies, state } = await run(bot, saying('解绑一直失败'));
    expect(keysOf(replies)).to.include('progress.bound-over');
    const steps = await run(bot, saying('看解绑步骤'), { state });
    expect(keysOf(steps.replies)).to.deep.equal(['unbind-guide.prechecks']);
  });

  it('can be asked a person about', async () => {
    const bot = await botFor();
    const { state } = await run(bot, saying('解绑一直失败'));
    const { replies } = await run(bot, saying('转人工客服'), { state });
    expect(keysOf(replies).find(Boolean)).to.match(/^handoff\./);
  });
});

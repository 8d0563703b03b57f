import { expect } from 'chai';
import { BOT, createBot } from '../../src/bot/turn.ts';
import type { RunTurn } from '../../src/conversation/runner.ts';
import type { NewActivity } from '../../src/conversation/store.ts';
import { DatabaseFault } from '../../src/database/fault.ts';
import { isPassing } from '../../src/domain/fault.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { keysOf, MESSAGE_ID, run, type Said, saying } from './one-turn.ts';

describe('a turn of the bot', () => {
  let desk: Desk;
  const say = (text: string, said: Said = {}) => run(desk.runTurn, saying(text), said);

  before(async () => {
    // Not the shared one: conversations about a platform that is down leave its circuit open for a while.
    desk = await openDesk();
  });
  after(() => desk.close());

  it('is silent while a person has the conversation, and keeps what was open', async () => {
    const open = await say('解绑一直失败');
    const { insight, ...outcome } = await say('1', { state: open.state, mode: 'human' });
    expect(insight).to.include({ topic: null, step: null, answered: null });
    expect(outcome).to.deep.equal({ state: open.state, mode: 'human', replies: [] });
    const back = await say('1', { state: open.state });
    expect(keysOf(back.replies)[0]).to.equal('diagnose.nothingInTheWay');
  });

  describe('while the customer waits in the queue', () => {
    const event = (name: string, value: object) => ({ type: 'event', name, value });
    let id: string;
    before(async () => {
      const wish = { conversationId: 'turn-test', channel: 'directline', locale: 'zh-CN', seq: 1 };
      ({ id } = await desk.handoffs.request(wish, 'turn-test:1'));
    });
    after(() => desk.handoffs.leave(id, 'cancelled'));

    it('says once that messages are kept for the agent, and keeps what was open', async () => {
      const open = await say('解绑一直失败');
      const first = await say('1', { state: open.state, mode: 'queued' });
      expect([first.mode, keysOf(first.replies)]).to.deep.equal(['queued', ['handoff.kept']]);
      const second = await say('2', { state: first.state, mode: 'queued' });
      expect(second.replies).to.deep.equal([]);
      const back = await say('1', { state: second.state });
      expect(keysOf(back.replies)[0]).to.equal('diagnose.nothingInTheWay');
    });

    it('says of a file that came through a messaging app that it is not kept, and nothing else', async () => {
      const photo = { type: 'message', attachments: [{ contentType: 'image/unknown' }] };
      const { replies } = await run(desk.runTurn, photo, { mode: 'queued' });
      expect(keysOf(replies)).to.deep.equal(['upload.notKept']);
    });

    it('tells news of cases, and an old queue tells nothing any more', async () => {
      const change = { caseId: 'x', number: 'JB20261123000001', kind: 'dispute', state: 'in-review' };
      const news = event('unbind.case.changed', { ...change, returnedSlots: [], version: 3 });
      const told = await run(desk.runTurn, news, { system: true, mode: 'queued' });
      expect(keysOf(told.replies)).to.deep.equal(['case-status.notice-in-review']);
      const place = { kind: 'position', position: 2, etaMinutes: null };
      const late = event('unbind.handoff.changed', { handoffId: id, change: place });
      expect((await run(desk.runTurn, late, { system: true })).replies).to.deep.equal([]);
    });

    it('a person who has it answers, even when the words for it cannot be found', async () => {
      const accepted = { kind: 'accepted', number: 'A12', how: 'first' };
      const change = event('unbind.handoff.changed', { handoffId: id, change: accepted });
      const broken = { system: true, mode: 'queued', attempts: 13 } as const;
      expect((await run(desk.runTurn, change, broken)).mode).to.equal('human');
    });
  });

  it('has no answer to what came hours late, and keeps what was open', async () => {
    const open = await say('解绑一直失败');
    const late = { ...saying('1'), channelData: { late: true } };
    const { insight: _, ...outcome } = await run(desk.runTurn, late, { state: open.state });
    expect(outcome).to.deep.equal({ state: open.state, mode: 'bot', replies: [] });
  });

  it('asks again where an old choice was tapped, though it would fit the question that is open now', async () => {
    const open = await say('解绑一直失败');
    const stale = { ...saying('1'), channelData: { staleChoice: true } };
    const { replies, state } = await run(desk.runTurn, stale, { state: open.state });
    expect(keysOf(replies)[0]).to.equal('common.oldButton');
    expect(replies.at(-1)?.suggestedActions?.actions).to.have.length.greaterThan(1);
    const back = await say('1', { state });
    expect(keysOf(back.replies)[0]).to.equal('diagnose.nothingInTheWay');
  });

  it('says what it can do with a voice message or a file, and asks again', async () => {
    const sent = (contentType: string): NewActivity => ({ type: 'message', attachments: [{ contentType }] });
    const open = await say('解绑一直失败');
    for (const [type, key] of [
      ['audio/unknown', 'common.noVoice'],
      ['image/unknown', 'upload.notInChat'],
    ] as const) {
      const { replies, state } = await run(desk.runTurn, sent(type), { state: open.state });
      expect(keysOf(replies)[0]).to.equal(key);
      expect(replies.at(-1)?.suggestedActions?.actions).to.have.length.greaterThan(1);
      expect(keysOf((await say('1', { state })).replies)[0]).to.equal('diagnose.nothingInTheWay');
      expect(keysOf((await run(desk.runTurn, sent(type))).replies)).to.deep.equal([key]);
    }
  });

  it('says that a file was not kept where people have the conversation, but for those that were', async () => {
    const sent = (contentType: string, channelData = {}): NewActivity => {
      return { type: 'message', attachments: [{ contentType }], channelData };
    };
    const heard = async (activity: NewActivity) =>
      keysOf((await run(desk.runTurn, activity, { mode: 'human' })).replies);
    expect(await heard(sent('image/unknown'))).to.deep.equal(['upload.notKept']);
    expect(await heard(sent('audio/unknown'))).to.deep.equal(['common.noVoice']);
    expect(await heard(sent('image/jpeg', { file: { id: 'x' } }))).to.deep.equal([]);
  });

  it('marks each message as the bot’s, with the message it answers, its text key and its topic', async () => {
    const { replies } = await say('解绑前要注意什么');
    expect(replies).to.not.have.length(0);
    for (const reply of replies) {
      expect(reply.from).to.deep.equal(BOT);
      expect(reply.replyToId).to.equal(MESSAGE_ID);
      expect(reply.channelData).to.include({ topic: 'unbind-guide' });
      expect(reply.channelData.key).to.match(/^unbind-guide\./);
    }
  });

  it('gives texts that belong to no topic the topic null', async () => {
    const { replies } = await run(desk.runTurn, { type: 'conversationUpdate' }, { system: true });
    expect(replies[0]?.channelData).to.deep.equal({ key: 'common.welcome', topic: null });
  });

  it('names no message it answers when it speaks about a system event', async () => {
    const { replies } = await run(desk.runTurn, { type: 'conversationUpdate' }, { system: true });
    expect(replies).to.have.length(1);
    expect(replies[0]).to.not.have.property('replyToId');
  });

  it('sends no trace activities', async () => {
    const first = await say('解绑一直失败');
    const second = await say('1', { state: first.state });
    const types = [...first.replies, ...second.replies].map(({ type }) => type);
    expect(new Set(types)).to.deep.equal(new Set(['message']));
  });

  describe('that fails', () => {
    function failing(faults: object[]): RunTurn {
      const fail = () => {
        throw new Error('broken on purpose');
      };
      const platform = new Proxy(desk.parts.services.platform, { get: fail });
      const broken = { ...desk.parts.services, platform };
      const { understand } = desk.understanding;
      return createBot({ services: broken, understand, log: { error: (fault) => void faults.push(fault) } });
    }

    it('answers with an apology and leaves the state as it was', async () => {
      const faults: object[] = [];
      const state = { 'kept/as/it/is': { some: 'thing' } };
      const outcome = await run(failing(faults), saying('解绑一直失败'), { state });
      expect(keysOf(outcome.replies)).to.deep.equal(['common.fault']);
      expect(outcome.replies[0]?.replyToId).to.equal(MESSAGE_ID);
      expect(outcome.state).to.deep.equal(state);
      expect(faults).to.have.length(1);
    });
  });

  describe('whose database is away', () => {
    function without(code: string) {
      const gone = () => Promise.reject(new DatabaseFault('query', { code }));
      const cases = new Proxy(desk.parts.services.cases, { get: () => gone });
      return createBot({
        ...desk.parts,
        services: { ...desk.parts.services, cases },
        log: { error: () => undefined },
      });
    }
    const outcomeOf = (bot: RunTurn, attempts: number) =>
      run(bot, saying('我的材料审核得怎么样了'), { attempts }).then(
        ({ replies }) => keysOf(replies),
        (error: unknown) => isPassing(error),
      );

    it('is run again, and says so only after the fourth time', async () => {
      for (const code of ['08006', '57P01', 'ECONNREFUSED']) {
        const bot = without(code);
        expect(await outcomeOf(bot, 1)).to.equal(true);
        expect(await outcomeOf(bot, 3)).to.equal(true);
        expect(await outcomeOf(bot, 4)).to.deep.equal(['common.fault']);
      }
    });

    it('apologises at once for what will not pass', async () => {
      expect(await outcomeOf(without('23505'), 1)).to.deep.equal(['common.fault']);
    });
  });

  it('apologises for a message that has killed its process too often, without running it', async () => {
    const { replies } = await say('解绑一直失败', { attempts: 5 });
    expect(keysOf(replies)).to.deep.equal(['common.fault']);
    const fourth = await say('解绑一直失败', { attempts: 4 });
    expect(keysOf(fourth.replies)).to.deep.equal(['diagnose.whichCard']);
  });

  it('begins an older version of a flow again, says so, and keeps what was collected', async () => {
    const open = await say('解绑尾号5678的卡要怎么操作');
    const older = JSON.parse(JSON.stringify(open.state).replace(/"version":\d+/, '"version":1'));
    expect(older).to.not.deep.equal(open.state);
    const restarted = await say('都没问题', { state: older });
    expect(keysOf(restarted.replies)).to.deep.equal(['common.flowUpdated', 'unbind-guide.prechecks']);
    expect(JSON.stringify(restarted.state)).to.include('"cardLast4":"5678"');
  });

  it('answers two quick messages in order', async () => {
    const id = 'turn-test-quick';
    await desk.store.open({
      id,
      channel: 'directline',
      userId: 'dl_test',
      customerId: 'happy',
      locale: 'zh-CN',
    });
    for (const text of ['解绑一直失败', '1'])
      await desk.store.accept(id, { origin: 'customer', activity: saying(text) });
    await desk.answer(id);
    const log = await desk.store.read(id, 0, 50);
    const [first, second] = log
      .filter(({ origin }) => origin === 'customer')
      .map(({ activity }) => activity.id);
    const replies = log.filter(({ origin }) => origin === 'bot').map(({ activity }) => activity);
    expect(keysOf(replies)).to.deep.equal([
      'diagnose.whichCard',
      'diagnose.nothingInTheWay',
      'unbind-guide.autopayNoneFound',
    ]);
    expect(replies.map(({ replyToId }) => replyToId)).to.deep.equal([first, second, second]);
  });
});

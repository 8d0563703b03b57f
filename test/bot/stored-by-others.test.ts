import { expect } from 'chai';
import { type BotParts, createBot } from '../../src/bot/turn.ts';
import type { BotState, NewActivity } from '../../src/conversation/store.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { keysOf, run, type Said, saying } from './one-turn.ts';

interface Stored {
  id: string;
  state: Record<string, unknown>;
}

describe('a turn on what others have stored', () => {
  let desk: Desk;
  const say = (text: string, said: Said = {}) => run(desk.runTurn, saying(text), said);
  const hear = (said: Said) =>
    run(desk.runTurn, { type: 'event', name: 'unreadable' }, { ...said, unreadable: true });

  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.close());
  beforeEach(() => {
    desk.faults.length = 0;
  });

  /** The state with its open topics, innermost last, changed. */
  function withTopics(state: BotState, change: (topics: Stored[]) => void): BotState {
    const copy = structuredClone(state);
    for (const item of Object.values(copy) as { dialogs: { dialogStack: Stored[] } }[])
      change(item.dialogs.dialogStack);
    return copy;
  }
  const openIn = (state: BotState) => {
    const [item] = Object.values(state) as { dialogs: { dialogStack: Stored[] } }[];
    return item?.dialogs.dialogStack.map(({ id }) => id);
  };
  const menuOf = (reply: NewActivity | undefined) =>
    reply?.suggestedActions?.actions.map(({ title }) => title);
  /** A topic of a newer release. */
  const future: Stored = { id: 'installments', state: { version: 1, dialogs: { dialogStack: [] } } };

  describe('that lost its state', () => {
    it('says so and begins with the message when that says what it is about', async () => {
      const { replies, state } = await say('解绑一直失败', { lost: ['state'] });
      expect(keysOf(replies)).to.deep.equal(['common.stateLost', 'diagnose.whichCard']);
      const next = await say('1', { state });
      expect(keysOf(next.replies)[0]).to.equal('diagnose.nothingInTheWay');
    });

    it('says so and offers the menu when the message answered what is gone', async () => {
      for (const text of ['1', '好的', '尾号5678']) {
        const { replies } = await say(text, { lost: ['state'] });
        expect(keysOf(replies), text).to.deep.equal(['common.stateLost']);
        expect(menuOf(replies[0])).to.have.length(3);
      }
    });

    it('says so before an event', async () => {
      const { replies } = await run(
        desk.runTurn,
        { type: 'conversationUpdate' },
        { lost: ['state'], system: true },
      );
      expect(keysOf(replies)).to.deep.equal(['common.stateLost', 'common.welcome']);
    });

    it('says so with the apology when the turn fails', async () => {
      const { replies } = await say('解绑一直失败', { lost: ['state'], attempts: 9 });
      expect(keysOf(replies)).to.deep.equal(['common.stateLost', 'common.fault']);
    });

    it('says so when the bot speaks again, where people had the conversation', async () => {
      const silent = await say('在吗', { lost: ['state'], mode: 'human' });
      expect(silent.replies).to.deep.equal([]);
      const still = await say('在吗', { state: silent.state, mode: 'human' });
      const back = await say('1', { state: still.state });
      expect(keysOf(back.replies)).to.deep.equal(['common.stateLost']);
      expect(keysOf((await say('1', { state: back.state })).replies)).to.not.include('common.stateLost');
    });

    it('says what else was lost', async () => {
      const { replies } = await say('谢谢', { lost: ['messages', 'mode'] });
      expect(keysOf(replies)).to.deep.equal(['common.messagesLost', 'common.modeLost', 'small-talk.thanks']);
      const silent = await say('在吗', { lost: ['messages'], mode: 'human' });
      expect(keysOf(silent.replies)).to.deep.equal(['common.messagesLost']);
    });
  });

  describe('that is no state of the bot', () => {
    const key = 'directline/conversations/turn-test/';
    const cases: Record<string, unknown> = {
      'no object': 'x',
      'dialogs that are no stack': { dialogs: 5 },
      'an entry without a name': { dialogs: { dialogStack: [{ state: {} }] } },
      'an entry without a state': { dialogs: { dialogStack: [{ id: 'diagnose' }] } },
      'an inner stack that is none': {
        dialogs: { dialogStack: [{ id: 'diagnose', state: { dialogs: { dialogStack: 'x' } } }] },
      },
      'a memory that is none': { memory: null },
    };
    for (const [what, item] of Object.entries(cases)) {
      it(`begins anew: ${what}`, async () => {
        const { replies, state } = await say('解绑一直失败', { state: { [key]: item } });
        expect(keysOf(replies)).to.deep.equal(['common.stateLost', 'diagnose.whichCard']);
        expect(desk.faults).to.have.length(1);
        expect(keysOf((await say('1', { state })).replies)[0]).to.equal('diagnose.nothingInTheWay');
      });
    }
  });

  describe('a line that cannot be read', () => {
    it('asks for the message again and keeps what was open', async () => {
      const open = await say('解绑一直失败');
      const { replies, state } = await hear({ state: open.state });
      expect(keysOf(replies)).to.deep.equal(['common.unreadable']);
      expect(replies[0]?.replyToId).to.be.a('string');
      expect(keysOf((await say('1', { state })).replies)[0]).to.equal('diagnose.nothingInTheWay');
    });

    it('says that there was a notice', async () => {
      const { replies } = await hear({ system: true });
      expect(keysOf(replies)).to.deep.equal(['common.noticeLost']);
    });

    it('is told also while people have the conversation: they cannot have read it either', async () => {
      const { replies, mode } = await hear({ mode: 'human' });
      expect(keysOf(replies)).to.deep.equal(['common.unreadable']);
      expect(mode).to.equal('human');
    });
  });

  describe('of another release', () => {
    it('begins a newer version of a flow again, says so, and keeps what was collected', async () => {
      const open = await say('解绑尾号5678的卡要怎么操作');
      const newer = withTopics(open.state, ([topic]) => {
        if (topic) topic.state.version = 99;
      });
      const restarted = await say('都没问题', { state: newer });
      expect(keysOf(restarted.replies)).to.deep.equal(['common.flowUpdated', 'unbind-guide.prechecks']);
      expect(JSON.stringify(restarted.state)).to.include('"cardLast4":"5678"');
      expect(keysOf((await say('都没问题', { state: restarted.state })).replies)).to.not.include(
        'common.flowUpdated',
      );
    });

    it('begins a flow again that has stopped at a step which is not there', async () => {
      const open = await say('解绑一直失败');
      const other = withTopics(open.state, ([topic]) => {
        const inner = topic?.state.dialogs as { dialogStack: Stored[] };
        inner.dialogStack.push({ id: 'date-prompt', state: {} });
      });
      const { replies } = await say('1', { state: other });
      expect(keysOf(replies)).to.deep.equal(['common.flowUpdated', 'diagnose.whichCard']);
    });

    it('is stopped by who wants to stop', async () => {
      const open = await say('解绑一直失败');
      const newer = withTopics(open.state, ([topic]) => {
        if (topic) topic.state.version = 99;
      });
      expect(keysOf((await say('取消', { state: newer })).replies)).to.deep.equal(['small-talk.cancelled']);
    });

    it('says that a topic is gone and begins with the message, or offers the menu', async () => {
      const open = await say('解绑一直失败');
      const unknown = withTopics(open.state, (topics) => topics.splice(0, topics.length, future));
      const clear = await say('怎么安全解绑', { state: unknown });
      expect(keysOf(clear.replies)[0]).to.equal('common.topicGone');
      expect(openIn(clear.state)).to.deep.equal(['unbind-guide']);
      const unclear = await say('1', { state: unknown });
      expect(keysOf(unclear.replies)).to.deep.equal(['common.topicGone']);
      expect(menuOf(unclear.replies[0])).to.have.length(3);
      expect(openIn(unclear.state)).to.deep.equal([]);
      const file = await run(desk.runTurn, { type: 'message', attachments: [] }, { state: unknown });
      expect(keysOf(file.replies)).to.deep.equal(['common.topicGone']);
    });

    it('goes back to the topic below one that is gone', async () => {
      const open = await say('解绑一直失败');
      const unknown = withTopics(open.state, (topics) => topics.push(future));
      const { replies, state } = await say('3', { state: unknown });
      expect(keysOf(replies)).to.deep.equal(['common.topicGone', 'common.backTo', 'diagnose.whichCard']);
      expect(keysOf((await say('1', { state })).replies)[0]).to.equal('diagnose.nothingInTheWay');
    });

    it('goes on with the open topic when one below it is gone', async () => {
      const open = await say('解绑一直失败');
      const unknown = withTopics(open.state, (topics) => topics.unshift(future));
      const { replies } = await say('1', { state: unknown });
      expect(keysOf(replies).slice(0, 2)).to.deep.equal(['common.topicGone', 'diagnose.nothingInTheWay']);
    });

    it('begins a topic again that is of another version when the one above it ends', async () => {
      const open = await say('解绑一直失败');
      const digressed = await say('解完了还要干嘛', { state: open.state });
      expect(openIn(digressed.state)).to.deep.equal(['diagnose', 'aftercare']);
      const newer = withTopics(digressed.state, ([below]) => {
        if (below) below.state.version = 99;
      });
      const { replies } = await say('先不用', { state: newer });
      expect(keysOf(replies)).to.include('common.flowUpdated').and.to.not.include('common.backTo');
      expect(keysOf(replies).at(-1)).to.equal('diagnose.whichCard');
    });

    it('gives it up with the apology when it fails, so that the next message is heard', async () => {
      const open = await say('解绑一直失败');
      const newer = withTopics(open.state, ([topic]) => {
        if (topic) topic.state.version = 99;
      });
      const services = new Proxy({} as BotParts['services'], {
        get(_, name) {
          if (name === 'clock') return desk.clock;
          throw new Error('broken on purpose');
        },
      });
      const { understand } = desk.understanding;
      const failing = createBot({ services, understand, log: { error() {} } });
      const { replies, state } = await run(failing, saying('1'), { state: newer });
      expect(keysOf(replies)).to.deep.equal(['common.fault']);
      expect(openIn(state)).to.deep.equal([]);
    });
  });
});

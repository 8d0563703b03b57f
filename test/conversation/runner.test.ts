import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { createTurnRunner, type RunTurn, type TurnRunner } from '../../src/conversation/runner.ts';
import type {
  Claim,
  CommitResult,
  ConversationStore,
  PendingMessage,
  TurnOutcome,
  Wake,
} from '../../src/conversation/store.ts';
import { systemClock } from '../../src/domain/clock.ts';
import type { TurnInsight } from '../../src/domain/insight.ts';
import { eventually } from '../support/eventually.ts';

const echo: RunTurn = async (claim, message) => ({
  state: { count: Number(claim.state.count ?? 0) + 1 },
  mode: claim.mode,
  replies: [{ type: 'message', text: `答${message.activity.text}` }],
});

describe('turn runner', () => {
  let sql: PGlite;
  let store: ConversationStore;
  let runner: TurnRunner;
  let id: string;
  let count = 0;
  const faults: object[] = [];

  before(async () => {
    sql = await PGlite.create('memory://');
    store = await createEmbeddedStore({ sql, clock: systemClock });
  });
  after(() => sql.close());
  beforeEach(async () => {
    id = `runner-${++count}`;
    faults.length = 0;
    await store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  });
  afterEach(() => runner.stop());

  function run(
    runTurn: RunTurn,
    times: { sweepMs?: number; leaseMs?: number; typingAfterMs?: number } = {},
    on = store,
  ): void {
    runner = createTurnRunner({
      store: on,
      runTurn,
      typing: { type: 'typing' },
      log: { error: (details) => void faults.push(details) },
      ...times,
    });
  }
  async function say(text: string): Promise<void> {
    await runner.accept(id, { origin: 'customer', activity: { type: 'message', text } });
  }
  const texts = async () => (await store.read(id, 0, 1_000)).map((entry) => entry.activity.text);

  it('answers messages in order, one turn at a time, however fast they come', async () => {
    let atOnce = 0;
    let most = 0;
    run(async (claim, message) => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 2));
      atOnce--;
      return echo(claim, message);
    });
    const asked = Array.from({ length: 25 }, (_, n) => `${n}`);
    await Promise.all(asked.map((text) => say(text)));
    await eventually(async () =>
      expect((await texts()).filter((text) => text?.startsWith('答'))).to.have.length(25),
    );
    const answers = (await texts()).filter((text) => text?.startsWith('答'));
    const order = (await texts()).filter((text) => !text?.startsWith('答'));
    expect(answers).to.deep.equal(order.map((text) => `答${text}`));
    expect(most).to.equal(1);
  });

  it('runs different conversations at the same time', async () => {
    const other = `${id}-other`;
    await store.open({ id: other, channel: 'directline', userId: 'dl_2', locale: 'zh-CN' });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    run(async (claim, message) => {
      if (claim.conversation.id === id) await held;
      return echo(claim, message);
    });
    await say('慢');
    await runner.accept(other, { origin: 'customer', activity: { type: 'message', text: '快' } });
    await eventually(async () => expect(await store.read(other, 0, 9)).to.have.length(2));
    expect(await texts()).to.deep.equal(['慢']);
    release();
    await eventually(async () => expect(await texts()).to.deep.equal(['慢', '答慢']));
  });

  it('answers what was accepted before it started', async () => {
    await store.accept(id, { origin: 'customer', activity: { type: 'message', text: '早' } });
    run(echo);
    await runner.start();
    await eventually(async () => expect(await texts()).to.deep.equal(['早', '答早']));
  });

  it('tries a turn again that failed for reasons of the store', async () => {
    let failures = 2;
    run(
      async (claim, message) => {
        if (failures-- > 0) throw new Error('store away');
        return echo(claim, message);
      },
      { sweepMs: 20, leaseMs: 60 },
    );
    await runner.start();
    await say('再来');
    await eventually(async () => expect(await texts()).to.deep.equal(['再来', '答再来']));
    // The same fault is not told again each time.
    expect(faults).to.have.length(1);
  });

  it('leaves a conversation that cannot be claimed alone for longer and longer, and goes on with others', async () => {
    const other = `${id}-other`;
    await store.open({ id: other, channel: 'directline', userId: 'dl_2', locale: 'zh-CN' });
    const claimed: string[] = [];
    let sweeps = 0;
    const sound = store;
    store = {
      ...sound,
      async pending() {
        sweeps++;
        return [id, other];
      },
      async claim(conversationId, leaseMs) {
        claimed.push(conversationId);
        if (conversationId === id) throw new Error('another program’s key');
        return sound.claim(conversationId, leaseMs);
      },
    };
    try {
      run(echo, { sweepMs: 5 });
      await runner.start();
      await eventually(() => sweeps > 60);
      // At 0, 250, 750 ms and so on; a slow machine has had more time for it.
      const tries = claimed.filter((it) => it === id).length;
      expect(tries).to.be.within(1, sweeps / 3);
      expect(claimed.filter((it) => it === other).length).to.be.greaterThan(50);
      expect(faults).to.have.length(1);
    } finally {
      await runner.stop();
      store = sound;
    }
  });

  it('tries a failed turn again long before its lease would have run out', async () => {
    const attempts: number[] = [];
    run(
      async (claim, message) => {
        attempts.push(message.attempts);
        if (attempts.length < 3) throw new Error('away for a moment');
        return echo(claim, message);
      },
      { sweepMs: 600_000, leaseMs: 600_000 },
    );
    await say('再来');
    await eventually(async () => expect(await texts()).to.deep.equal(['再来', '答再来']));
    expect(attempts).to.deep.equal([1, 2, 3]);
  });

  it('gives a lease back once a store is there again that was away at the commit', async () => {
    let away = 3;
    const failing = () => {
      if (away-- > 0) throw new Error('store away');
    };
    const flaky: ConversationStore = {
      ...store,
      async commit(...given) {
        failing();
        return store.commit(...given);
      },
      async release(...given) {
        failing();
        return store.release(...given);
      },
    };
    run(echo, { sweepMs: 600_000, leaseMs: 600_000 }, flaky);
    await say('再来');
    await eventually(async () => expect(await texts()).to.deep.equal(['再来', '答再来']));
    expect(away).to.be.lessThan(1);
  });

  it('hands what is left to another process when it is stopped', async () => {
    const offered: string[] = [];
    const shared: ConversationStore = { ...store, offer: async (offer) => void offered.push(offer) };
    let begun = 0;
    run(
      async (claim, message) => {
        begun++;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return echo(claim, message);
      },
      {},
      shared,
    );
    await say('一');
    await say('二');
    await eventually(() => expect(begun).to.equal(1));
    await runner.stop();
    expect(offered).to.deep.equal([id]);
    let take: (conversationId: string) => void = () => undefined;
    const onOffer: ConversationStore['onOffer'] = async (listener) => {
      take = listener;
    };
    run(echo, { sweepMs: 600_000 }, { ...store, pending: async () => [], onOffer });
    await runner.start();
    take(id);
    await eventually(async () => expect(await texts()).to.deep.equal(['一', '二', '答一', '答二']));
  });

  it('keeps its lease through a turn that is longer than the lease', async () => {
    const turns: number[] = [];
    run(
      async (claim, message) => {
        turns.push(message.attempts);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return echo(claim, message);
      },
      { leaseMs: 90, sweepMs: 30 },
    );
    await runner.start();
    await say('久');
    await eventually(async () => expect(await texts()).to.deep.equal(['久', '答久']));
    expect(turns).to.deep.equal([1]);
  });

  it('shows typing while a turn lasts, and stores none of it', async () => {
    const wakes: Wake[] = [];
    const stop = await store.subscribe(id, (wake) => void wakes.push(wake));
    run(
      async (claim, message) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        return echo(claim, message);
      },
      { typingAfterMs: 5 },
    );
    await say('想想');
    await eventually(async () => expect(await texts()).to.have.length(2));
    expect(wakes.map((wake) => wake.kind)).to.include('passing');
    await stop();
  });

  it('finishes the running turn when it is stopped, and leaves the next one for later', async () => {
    let begun = 0;
    run(async (claim, message) => {
      begun++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return echo(claim, message);
    });
    await say('一');
    await say('二');
    await eventually(() => expect(begun).to.equal(1));
    await runner.stop();
    expect(await texts()).to.deep.equal(['一', '二', '答一']);
    run(echo);
    await runner.start();
    await eventually(async () => expect(await texts()).to.deep.equal(['一', '二', '答一', '答二']));
  });

  describe('what reports are to know of a turn', () => {
    const insightOf = (message: PendingMessage) => ({ conversationId: id, seq: message.seq }) as TurnInsight;
    let known: number[];
    const start = (runTurn: RunTurn, on = store) => {
      known = [];
      runner = createTurnRunner({
        store: on,
        runTurn,
        typing: { type: 'typing' },
        onInsight: ({ seq }) => void known.push(seq),
        log: { error: (details) => void faults.push(details) },
        leaseMs: 60,
        sweepMs: 20,
      });
    };
    const seeing: RunTurn = async (claim, message) => ({
      ...(await echo(claim, message)),
      insight: insightOf(message),
    });

    it('is handed on once the turn is committed, and kept out of the commit', async () => {
      const committed: TurnOutcome[] = [];
      start(
        seeing,
        Object.assign(Object.create(store) as ConversationStore, {
          commit: (claim: Claim, turn: TurnOutcome) => {
            expect(known).to.deep.equal(committed.map(({ seq }) => seq));
            committed.push(turn);
            return store.commit(claim, turn);
          },
        }),
      );
      await say('一');
      await say('二');
      await eventually(async () => expect(known).to.have.length(2));
      expect(committed.map(({ seq }) => seq)).to.deep.equal(known);
      for (const turn of committed) expect(turn).to.not.have.property('insight');
    });

    it('is not handed on of a turn that somebody else has taken over', async () => {
      let stale = 1;
      start(
        seeing,
        Object.assign(Object.create(store) as ConversationStore, {
          commit: (claim: Claim, turn: TurnOutcome): Promise<CommitResult> =>
            stale-- > 0 ? Promise.resolve({ kind: 'stale' }) : store.commit(claim, turn),
        }),
      );
      await runner.start();
      await say('一');
      // The sweep runs it again once the lease is over.
      await eventually(async () => expect(await texts()).to.deep.equal(['一', '答一']));
      await eventually(async () => expect(known).to.have.length(1));
    });
  });
});

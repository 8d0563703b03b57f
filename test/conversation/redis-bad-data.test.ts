import { expect } from 'chai';
import { boundStore } from '../../src/channels/direct-line/bounded-store.ts';
import { createKeys } from '../../src/conversation/redis/keys.ts';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import type { Claim, ConversationStore } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { FakeClock } from '../support/clock.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const ID = 'damaged';
const LEASE_MS = 10_000;
const { conversation: RECORD, log: LOG, index: INDEX } = createKeys('unbind').of(ID);
const incoming = (text: string) => ({ origin: 'customer' as const, activity: { type: 'message', text } });

describe('what others have written to our keys in Redis', function () {
  this.timeout(60_000);
  const told: { key?: string; lost?: string; err?: Error }[] = [];
  const log = { ...silent, error: (details: object) => void told.push(details) };
  let clock: FakeClock;
  let server: RedisServer;
  let store: ConversationStore;

  before(async () => {
    server = await startRedis();
  });
  after(() => server.stop());
  beforeEach(async () => {
    await server.ask('FLUSHALL');
    told.length = 0;
    clock = new FakeClock();
    store = await createRedisStore({ redis: redisAt(server.url), clock, log });
    await open(ID);
  });
  afterEach(() => store.close());

  const open = (id: string) => store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  const say = (text: string, id = ID) => store.accept(id, incoming(text));
  const set = (field: string, value: string) => server.ask('HSET', RECORD, field, value);
  const texts = async () => (await store.read(ID, 0, 100)).map(({ activity }) => activity.text ?? '?');
  async function claimed(id = ID): Promise<Claim> {
    const result = await store.claim(id, LEASE_MS);
    if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
    return result.claim;
  }
  async function answer(claim: Claim, text = '答'): Promise<Claim | undefined> {
    const seq = claim.messages[0]?.seq ?? 0;
    const replies = [{ type: 'message', text }];
    const result = await store.commit(claim, { seq, state: { step: seq }, mode: 'bot', replies });
    if (result.kind !== 'committed') throw new Error(result.kind);
    return result.claim;
  }
  /** Everything about the conversation, to see that nothing was touched. */
  const dump = () =>
    Promise.all([RECORD, LOG, INDEX].map(async (key) => String(await server.ask('DUMP', key))));
  async function faultOf(call: () => Promise<unknown>): Promise<Error & { code?: string }> {
    const fault = await call().then(
      (value) => value,
      (error: unknown) => error,
    );
    if (!(fault instanceof Error)) throw new Error(`it did not fail: ${JSON.stringify(fault)}`);
    expect(fault.name).to.equal('RedisFault');
    return fault;
  }
  const steps = {
    open: () => open(ID),
    find: () => store.find(ID),
    accept: () => store.accept(ID, incoming('再'), LEASE_MS),
    claim: () => store.claim(ID, LEASE_MS),
    append: () => store.append(ID, 'agent', [{ type: 'message', text: '您好' }]),
    renew: () => store.renew(ID, 1, LEASE_MS),
  };
  /** Replaces entries of the log, by number. */
  async function rewrite(changes: Record<number, string[]>): Promise<void> {
    const lines = (await server.ask('XRANGE', LOG, '-', '+')) as [string, string[]][];
    await server.ask('DEL', LOG);
    for (const [id, fields] of lines) {
      await server.ask('XADD', LOG, id, ...(changes[Number.parseInt(id, 10)] ?? fields));
    }
  }

  describe('a record with a damaged', () => {
    const states: Record<string, () => Promise<unknown>> = {
      'cut off': () => set('state', '{"dialogs":{"card":"6222 0000'),
      'no object': () => set('state', '["a"]'),
      missing: () => server.ask('HDEL', RECORD, 'state'),
    };
    for (const [how, damage] of Object.entries(states)) {
      it(`state (${how}) is claimed without it, said so in the log by its key, and good after the commit`, async () => {
        await say('一');
        await answer(await claimed());
        await damage();
        const result = await store.accept(ID, incoming('二'), LEASE_MS);
        if (result.kind !== 'accepted' || !result.claim) throw new Error('not claimed');
        expect(result.claim).to.deep.include({ state: {}, lost: ['state'] });
        expect(told).to.deep.equal([{ key: RECORD, lost: 'state' }]);
        await say('三');
        const next = await answer(result.claim);
        expect(next)
          .to.deep.include({ state: { step: 3 } })
          .and.not.have.property('lost');
        expect(await texts()).to.deep.equal(['一', '答', '二', '三', '答']);
      });
    }

    it('mode is the bot’s, since anybody else might not answer', async () => {
      await set('mode', 'robot');
      await say('一');
      const claim = await claimed();
      expect(claim).to.deep.include({ mode: 'bot', lost: ['mode'], state: {} });
      expect((await store.find(ID))?.mode).to.equal('bot');
      await answer(claim);
      await say('二');
      expect(await claimed()).to.not.have.property('lost');
    });

    it('fence refuses whoever had the conversation before', async () => {
      await say('一');
      const before = await claimed();
      await set('fence', 'x');
      expect((await store.commit(before, { seq: 1, state: {}, mode: 'bot', replies: [] })).kind).to.equal(
        'stale',
      );
      clock.advance(LEASE_MS + 1);
      const now = await claimed();
      expect(now.fence).to.be.greaterThan(before.fence);
      await answer(now);
      await say('二');
      expect((await claimed()).fence).to.equal(now.fence + 1);
    });

    for (const value of ['x', '', '-5', '1e999', '0', '9999999999999999999']) {
      it(`number of the last entry (${value || 'empty'}) is taken from the log`, async () => {
        await say('一');
        await answer(await claimed());
        await set('lastSeq', value);
        const result = await say('二');
        expect(result).to.have.nested.property('entry.seq', 3);
        await answer(await claimed());
        expect(await texts()).to.deep.equal(['一', '答', '二', '答']);
        expect(await server.ask('HGET', RECORD, 'lastSeq')).to.equal('4');
      });
    }

    it('time of the last entry is the present', async () => {
      await set('lastAt', 'x');
      await say('一');
      const [entry] = await store.read(ID, 0, 1);
      expect(entry?.activity.timestamp).to.equal(clock.now().toISOString());
    });

    for (const value of ['x', '99999999999999']) {
      it(`end of the lease (${value}) keeps nobody away`, async () => {
        await say('一');
        await set('leaseUntil', value);
        clock.advance(1);
        expect(await store.pending(0, 10)).to.deep.equal([ID]);
        await answer(await claimed());
        expect(await texts()).to.deep.equal(['一', '答']);
      });
    }

    for (const list of ['x', '1', '01:0', '1:0,2:0', '99999999999999999999:0']) {
      it(`list of unanswered messages (${list}) is made of the newest ones, and it is said that some may be missing`, async () => {
        await say('一');
        await answer(await claimed());
        await say('二');
        await say('三');
        await set('pending', list);
        const claim = await claimed();
        expect(claim.lost).to.deep.equal(['messages']);
        expect(claim.messages.map(({ activity }) => activity.text)).to.deep.equal(['二', '三']);
        const next = await answer(claim);
        if (!next) throw new Error('the third was forgotten');
        expect(await answer(next)).to.equal(undefined);
        expect(await store.claim(ID, LEASE_MS)).to.deep.equal({ kind: 'idle' });
      });
    }

    it('list of unanswered messages is complete for whoever has answered up to here', async () => {
      await say('一');
      const claim = await claimed();
      await say('二');
      await store.append(ID, 'agent', [{ type: 'message', text: '您好' }]);
      await set('pending', '1');
      expect((await say('三')).kind).to.equal('accepted');
      const next = await answer(claim);
      expect(next?.messages.map(({ activity }) => activity.text)).to.deep.equal(['二', '三']);
    });

    it('list of unanswered messages does not make an answer come twice', async () => {
      await say('一');
      const claim = await claimed();
      await answer(claim);
      await set('pending', 'x');
      const again = await store.commit(claim, { seq: 1, state: {}, mode: 'bot', replies: [] });
      expect(again.kind).to.equal('stale');
    });

    it('owner is left alone by every step, with a fault that names the key', async () => {
      await say('一');
      await server.ask('HDEL', RECORD, 'userId');
      const before = await dump();
      for (const step of [steps.open, steps.find, steps.accept, steps.claim, steps.append]) {
        const fault = await faultOf(step);
        expect(fault).to.have.property('code', 'DAMAGED');
        expect(fault.message).to.contain(RECORD);
      }
      expect(await dump()).to.deep.equal(before);
    });
  });

  describe('a log', () => {
    it('with an entry that is no JSON gives it as unreadable, and those around it as they are', async () => {
      for (const text of ['一', '二', '三']) await say(text);
      const body = ['origin', 'customer', 'body', '{"type":"message","text":"6222', 'at', '1'];
      await rewrite({ 2: body });
      expect((await store.read(ID, 0, 10)).map(({ unreadable }) => unreadable)).to.deep.equal([
        undefined,
        true,
        undefined,
      ]);
      expect(told).to.deep.equal([{ key: LOG, lost: 'entry 2' }]);
      let claim: Claim | undefined = await claimed();
      const seen: unknown[] = [];
      while (claim) {
        const message: Claim['messages'][number] | undefined = claim.messages[0];
        seen.push(message?.unreadable ? message.activity.id : message?.activity.text);
        claim = await answer(claim);
      }
      expect(seen).to.deep.equal(['一', `${ID}|0000002`, '三']);
    });

    const lines: Record<string, string[]> = {
      'that is no activity': ['origin', 'customer', 'body', '5', 'at', '1'],
      'of nobody we know': ['origin', 'robot', 'body', '{"type":"message"}', 'at', '1'],
      'with a time that is none': ['origin', 'bot', 'body', 'x', 'at', '1e300'],
      'with fields of others': ['user', '6222'],
    };
    for (const [what, fields] of Object.entries(lines)) {
      it(`with an entry ${what} can be read and answered`, async () => {
        await say('一');
        await say('二');
        await rewrite({ 1: fields });
        expect((await store.read(ID, 0, 10)).map(({ unreadable }) => unreadable ?? false)).to.deep.equal([
          true,
          false,
        ]);
        const claim = await claimed();
        expect(claim.messages[0]).to.have.property('unreadable', true);
        await answer(claim);
      });
    }

    it('that has lost an unanswered message gives it as unreadable, once', async () => {
      await say('一');
      await say('二');
      await server.ask('XDEL', LOG, '1-0');
      const claim = await claimed();
      expect(claim.messages.map(({ unreadable }) => unreadable ?? false)).to.deep.equal([true, false]);
      const next = await answer(claim);
      expect(next?.messages.map(({ activity }) => activity.text)).to.deep.equal(['二']);
    });

    it('takes a message again whose first entry it has lost', async () => {
      const keyed = { ...incoming('一'), dedupeKey: 'k1' };
      await store.accept(ID, keyed);
      await server.ask('XDEL', LOG, '1-0');
      expect((await store.accept(ID, keyed)).kind).to.equal('accepted');
    });

    it('that others have written to goes on behind what they wrote', async () => {
      await say('一');
      await server.ask('XADD', LOG, '7-3', 'user', '6222');
      await answer(await claimed());
      await say('二');
      await answer(await claimed());
      expect(await texts()).to.deep.equal(['一', '?', '答', '二', '答']);
    });
  });

  describe('a key of another type', () => {
    beforeEach(async () => {
      await open('sound');
    });
    /** Other conversations, in other shards, are served as always. */
    async function othersGoOn(): Promise<void> {
      await say('你好', 'sound');
      clock.advance(1_000);
      expect(await store.pending(0, 10)).to.include('sound');
      await answer(await claimed('sound'));
      await store.ping();
    }

    it('in place of the record is named and left as it is', async () => {
      await say('一');
      await server.ask('SET', RECORD, 'theirs');
      const before = await dump();
      for (const step of Object.values(steps)) {
        const fault = await faultOf(step);
        expect(fault).to.have.property('code', 'WRONGTYPE');
        expect(fault.message).to.contain(RECORD).and.not.contain('theirs');
      }
      expect(await dump()).to.deep.equal(before);
      await othersGoOn();
    });

    it('is answered 503 by Direct Line', async () => {
      await server.ask('SET', RECORD, 'theirs');
      const bounded = boundStore({ ...store, accept: (id, message) => store.accept(id, message) }, 5_000);
      const refusal = await bounded.accept(ID, incoming('一')).catch((error: unknown) => error);
      expect(refusal).to.deep.include({ statusCode: 503, code: 'ServiceUnavailable' });
      expect(refusal).to.have.property('retryAfterSeconds').that.is.greaterThan(0);
    });

    it('in place of the log is named, and nothing is stored by half', async () => {
      await say('一');
      const claim = await claimed();
      await server.ask('SET', LOG, 'theirs');
      const before = await server.ask('HGETALL', RECORD);
      for (const step of [steps.accept, steps.append, () => answer(claim), () => store.read(ID, 0, 10)]) {
        const fault = await faultOf(step);
        expect(fault).to.have.property('code', 'WRONGTYPE');
        expect(fault.message).to.contain(LOG);
      }
      expect(await server.ask('HGETALL', RECORD)).to.deep.equal(before);
      await othersGoOn();
    });

    it('in place of the index is named, nothing new is taken, and what runs is finished', async () => {
      await say('一');
      const claim = await claimed();
      await server.ask('SET', INDEX, 'theirs');
      await answer(claim);
      const before = await dump();
      const fault = await faultOf(steps.accept);
      expect(fault.message).to.contain(INDEX);
      expect(await dump()).to.deep.equal(before);
      await othersGoOn();
      await store.pending(0, 10);
      expect(told).to.have.length(1);
      expect(told[0]?.err?.message).to.contain(INDEX);
    });
  });

  describe('a record of another release', () => {
    it('is left to the newer one that wrote it', async () => {
      await say('一');
      await set('format', '2');
      clock.advance(1_000);
      const before = await dump();
      for (const step of Object.values(steps)) {
        const fault = await faultOf(step);
        expect(fault).to.have.property('code', 'FORMAT');
        expect(fault.message).to.contain(RECORD).and.contain('format 2');
      }
      expect(await dump()).to.deep.equal(before);
      // It is still to be answered, by a process that can.
      expect(await store.pending(0, 10)).to.deep.equal([ID]);
      await set('format', '1');
      await answer(await claimed());
    });

    it('is answered when it is of an older one, which wrote no format', async () => {
      await say('一');
      await server.ask('HDEL', RECORD, 'format');
      expect(await claimed()).to.not.have.property('lost');
    });
  });
});

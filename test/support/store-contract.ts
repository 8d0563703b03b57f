import { expect } from 'chai';
import type { Claim, ConversationStore, NewActivity, Wake } from '../../src/conversation/store.ts';
import { FakeClock } from './clock.ts';
import { eventually } from './eventually.ts';

export interface StoreUnderTest {
  store: ConversationStore;
  close(): Promise<void>;
}

const LEASE_MS = 10_000;
const message = (text: string): NewActivity => ({ type: 'message', text });

/** What every implementation of the store port has to keep. */
export function describeStoreContract(
  name: string,
  create: (clock: FakeClock) => Promise<StoreUnderTest>,
): void {
  describe(`store contract: ${name}`, () => {
    const clock = new FakeClock();
    let made: StoreUnderTest;
    let store: ConversationStore;
    let id: string;
    let count = 0;

    before(async () => {
      made = await create(clock);
      store = made.store;
    });
    after(() => made.close());
    beforeEach(async () => {
      id = `conversation-${++count}`;
      await store.open({ id, channel: 'directline', userId: 'dl_1', customerId: 'happy', locale: 'zh-CN' });
    });

    const say = (text: string, dedupeKey?: string) =>
      store.accept(id, { origin: 'customer', activity: message(text), dedupeKey });
    async function claimed(): Promise<Claim> {
      const result = await store.claim(id, LEASE_MS);
      if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
      return result.claim;
    }
    const outcome = (seq: number, ...texts: string[]) => ({
      seq,
      state: { answered: seq },
      mode: 'bot' as const,
      replies: texts.map(message),
    });
    const texts = async () => (await store.read(id, 0, 100)).map((entry) => entry.activity.text);

    it('opens a conversation once and keeps who it belongs to', async () => {
      const again = await store.open({ id, channel: 'x', userId: 'dl_other', locale: 'en' });
      expect(again.created).to.equal(false);
      expect(again.conversation).to.deep.include({
        id,
        userId: 'dl_1',
        customerId: 'happy',
        locale: 'zh-CN',
      });
      expect(await store.find(id)).to.deep.include({ id, mode: 'bot', lastSeq: 0 });
      expect(await store.find('nobody')).to.equal(undefined);
    });

    it('gives entries ids, sequence numbers and strictly increasing times', async () => {
      await say('一');
      await say('二');
      const entries = await store.read(id, 0, 10);
      expect(entries.map((e) => e.seq)).to.deep.equal([1, 2]);
      expect(entries.map((e) => e.activity.id)).to.deep.equal([`${id}|0000001`, `${id}|0000002`]);
      const times = entries.map((e) => Date.parse(String(e.activity.timestamp)));
      expect(times[1]).to.be.greaterThan(times[0] ?? 0);
      expect(entries[0]?.activity.conversation?.id).to.equal(id);
    });

    it('keeps any text as it came', async () => {
      const odd = 'a\u0000b\ud800c 😀 "\\ \u202e<b>\n';
      await say(odd);
      const stored = (await store.read(id, 0, 1))[0]?.activity.text;
      expect(stored).to.equal(odd);
      const claim = await claimed();
      expect(claim.messages[0]?.activity.text).to.equal(odd);
    });

    it('returns the first entry for a repeated key and appends nothing', async () => {
      const first = await say('你好', 'k1');
      const second = await say('你好', 'k1');
      expect([first.kind, second.kind]).to.deep.equal(['accepted', 'duplicate']);
      expect(second).to.have.nested.property('entry.seq', 1);
      expect(await texts()).to.deep.equal(['你好']);
    });

    it('forgets a key after 24 hours', async () => {
      await say('你好', 'k1');
      clock.advance(24 * 3_600_000 + 1);
      expect((await say('你好', 'k1')).kind).to.equal('accepted');
    });

    it('answers parallel repeats of one key with one entry', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => say('你好', 'same')));
      expect(results.filter((r) => r.kind === 'accepted')).to.have.length(1);
      expect(await texts()).to.deep.equal(['你好']);
    });

    it('does not know a conversation that was not opened', async () => {
      const result = await store.accept('nobody', { origin: 'customer', activity: message('x') });
      expect(result.kind).to.equal('unknown-conversation');
      expect((await store.claim('nobody', LEASE_MS)).kind).to.equal('idle');
      expect(await store.append('nobody', 'agent', [message('x')])).to.deep.equal([]);
    });

    it('gives a claim to one owner only', async () => {
      await say('你好');
      const results = await Promise.all([1, 2, 3].map(() => store.claim(id, LEASE_MS)));
      expect(results.map((r) => r.kind).sort()).to.deep.equal(['busy', 'busy', 'claimed']);
    });

    it('has nothing to claim when nothing is pending', async () => {
      expect((await store.claim(id, LEASE_MS)).kind).to.equal('idle');
    });

    it('claims a conversation with the message it accepts, where a lease is asked for and nobody has one', async () => {
      const incoming = (text: string) => ({ origin: 'customer' as const, activity: message(text) });
      const first = await store.accept(id, incoming('一'), LEASE_MS);
      if (first.kind !== 'accepted' || !first.claim) throw new Error('not claimed');
      expect(first.claim.messages.map((m) => [m.seq, m.attempts])).to.deep.equal([[1, 1]]);
      expect(first.claim).to.deep.include({ mode: 'bot', state: {}, leaseMs: LEASE_MS });
      expect(first.claim.conversation.customerId).to.equal('happy');
      const second = await store.accept(id, incoming('二'), LEASE_MS);
      expect(second.kind).to.equal('accepted');
      expect(second).to.not.have.property('claim');
      const result = await store.commit(first.claim, outcome(1, '答一'));
      if (result.kind !== 'committed' || !result.claim) throw new Error('not kept');
      await store.commit(result.claim, outcome(2, '答二'));
      expect(await texts()).to.deep.equal(['一', '二', '答一', '答二']);
      expect((await store.accept(id, incoming('三'))).kind).to.equal('accepted');
      expect((await claimed()).state).to.deep.equal({ answered: 2 });
    });

    it('takes over all that was left when it accepts after a lease ran out', async () => {
      await say('一');
      const dead = await claimed();
      clock.advance(LEASE_MS + 1);
      const again = await store.accept(id, { origin: 'customer', activity: message('二') }, LEASE_MS);
      if (again.kind !== 'accepted' || !again.claim) throw new Error('not claimed');
      expect(again.claim.messages.map((m) => [m.seq, m.attempts])).to.deep.equal([
        [1, 2],
        [2, 0],
      ]);
      expect((await store.commit(dead, outcome(1, '晚'))).kind).to.equal('stale');
    });

    it('does not claim for a repeated key', async () => {
      await say('你好', 'k1');
      const again = await store.accept(
        id,
        { origin: 'customer', activity: message('你好'), dedupeKey: 'k1' },
        LEASE_MS,
      );
      expect(again.kind).to.equal('duplicate');
      expect((await store.claim(id, LEASE_MS)).kind).to.equal('claimed');
    });

    it('claims all pending messages in order and hands over what came meanwhile', async () => {
      await say('一');
      await say('二');
      const claim = await claimed();
      expect(claim.messages.map((m) => m.activity.text)).to.deep.equal(['一', '二']);
      expect(claim.state).to.deep.equal({});
      await say('三');
      const result = await store.commit(claim, outcome(1, '答一'));
      if (result.kind !== 'committed') throw new Error('stale');
      expect(result.claim?.messages.map((m) => m.activity.text)).to.deep.equal(['二', '三']);
      expect(result.claim?.state).to.deep.equal({ answered: 1 });
      expect((await store.claim(id, LEASE_MS)).kind).to.equal('busy');
    });

    it('commits state, mode, replies and the done message together and frees the conversation', async () => {
      await say('你好');
      const claim = await claimed();
      const result = await store.commit(claim, { ...outcome(1, '您好', '请讲'), mode: 'queued' });
      expect(result.kind).to.equal('committed');
      expect(result).to.not.have.property('claim');
      expect(await texts()).to.deep.equal(['你好', '您好', '请讲']);
      expect((await store.find(id))?.mode).to.equal('queued');
      await say('在吗');
      const next = await claimed();
      expect(next.state).to.deep.equal({ answered: 1 });
      expect(next.mode).to.equal('queued');
      expect(next.messages.map((m) => m.seq)).to.deep.equal([4]);
    });

    it('refuses a commit whose lease went to somebody else, and writes nothing', async () => {
      await say('你好');
      const slow = await claimed();
      clock.advance(LEASE_MS + 1);
      const quick = await claimed();
      expect(quick.fence).to.be.greaterThan(slow.fence);
      expect((await store.commit(slow, outcome(1, '慢'))).kind).to.equal('stale');
      expect((await store.commit(quick, outcome(1, '快'))).kind).to.equal('committed');
      expect((await store.commit(slow, outcome(1, '慢'))).kind).to.equal('stale');
      expect(await texts()).to.deep.equal(['你好', '快']);
    });

    it('refuses a second commit of the same message', async () => {
      await say('你好');
      const claim = await claimed();
      await store.commit(claim, outcome(1, '答'));
      expect((await store.commit(claim, outcome(1, '答'))).kind).to.equal('stale');
      expect(await texts()).to.deep.equal(['你好', '答']);
    });

    it('keeps a renewed lease and loses one that was taken over', async () => {
      await say('你好');
      const claim = await claimed();
      clock.advance(LEASE_MS - 1);
      expect(await store.renew(id, claim.fence, LEASE_MS)).to.equal(true);
      clock.advance(LEASE_MS - 1);
      expect((await store.claim(id, LEASE_MS)).kind).to.equal('busy');
      clock.advance(2);
      await claimed();
      expect(await store.renew(id, claim.fence, LEASE_MS)).to.equal(false);
    });

    it('gives a released conversation to the next owner with its messages', async () => {
      await say('你好');
      const claim = await claimed();
      await store.release(id, claim.fence);
      expect((await claimed()).messages).to.have.length(1);
    });

    it('counts how often a message was claimed', async () => {
      await say('一');
      await say('二');
      expect((await claimed()).messages.map((m) => m.attempts)).to.deep.equal([1, 0]);
      clock.advance(LEASE_MS + 1);
      const again = await claimed();
      expect(again.messages.map((m) => m.attempts)).to.deep.equal([2, 0]);
      const result = await store.commit(again, outcome(1));
      expect(result).to.have.nested.property('claim.messages[0].attempts', 1);
    });

    it('finds conversations left unanswered, once their lease is over', async () => {
      await say('你好');
      clock.advance(1_000);
      expect(await store.pending(2_000, 100)).to.not.include(id);
      expect(await store.pending(500, 100)).to.include(id);
      await claimed();
      expect(await store.pending(500, 100)).to.not.include(id);
      clock.advance(LEASE_MS + 1);
      expect(await store.pending(500, 100)).to.include(id);
    });

    it('appends agent messages in the same order, without making them pending', async () => {
      await say('你好');
      const added = await store.append(id, 'agent', [message('一'), message('二')]);
      expect(added.map((entry) => entry.seq)).to.deep.equal([2, 3]);
      expect(added.map((entry) => entry.activity.text)).to.deep.equal(['一', '二']);
      expect((await claimed()).messages).to.have.length(1);
    });

    it('appends an agent’s message once per key, also when it is sent twice at the same moment', async () => {
      const sent = await Promise.all(
        Array.from({ length: 6 }, () => store.append(id, 'agent', [message('一')], 'agent:k')),
      );
      expect(sent.flat().map((entry) => [entry.seq, entry.activity.text])).to.deep.equal(
        Array.from({ length: 6 }, () => [1, '一']),
      );
      expect(await store.append(id, 'agent', [message('二')], 'agent:l')).to.have.nested.property(
        '[0].seq',
        2,
      );
      expect(await texts()).to.deep.equal(['一', '二']);
      clock.advance(24 * 3_600_000 + 1);
      expect(await store.append(id, 'agent', [message('三')], 'agent:k')).to.have.nested.property(
        '[0].seq',
        3,
      );
    });

    it('reads after a sequence number, at most as many as asked for', async () => {
      for (const text of ['一', '二', '三', '四']) await say(text);
      expect((await store.read(id, 1, 2)).map((e) => e.activity.text)).to.deep.equal(['二', '三']);
      expect(await store.read(id, 4, 10)).to.deep.equal([]);
    });

    it('wakes every subscriber of a conversation and nobody else', async () => {
      const heard: string[] = [];
      const listen = (who: string) => (wake: Wake) => heard.push(`${who}:${wake.kind}`);
      const stop = await store.subscribe(id, listen('a'));
      const stopB = await store.subscribe(id, listen('b'));
      const stopOther = await store.subscribe('other', listen('other'));
      await say('你好');
      await eventually(() => expect(heard.sort()).to.deep.equal(['a:appended', 'b:appended']));
      await stop();
      await store.pass(id, { type: 'typing' });
      await eventually(() => expect(heard).to.include('b:passing'));
      expect(heard.filter((h) => h.startsWith('a:'))).to.have.length(1);
      expect((await store.read(id, 0, 10)).map((e) => e.activity.type)).to.deep.equal(['message']);
      await stopB();
      await stopOther();
    });
  });
}

import { expect } from 'chai';
import { and, asc, eq } from 'drizzle-orm';
import { outbox } from '../../src/database/schema/index.ts';
import { HANDOFF_CHANGED, type HandoffChange } from '../../src/domain/handoff.ts';
import { onBothDatabases } from '../support/databases.ts';
import { deskOn, done, type TestDesk } from './desk.ts';

const MINUTE = 60_000;

onBothDatabases((current) => {
  let test: TestDesk;
  before(() => {
    test = deskOn(current());
  });
  afterEach(async () => test.clear());

  /** What a hand-off's conversation was told, oldest first. */
  async function heardBy(id: string): Promise<HandoffChange[]> {
    const { conversationId } = await test.stateOf(id);
    const rows = await current().run((db) =>
      db
        .select({ payload: outbox.payload })
        .from(outbox)
        .where(and(eq(outbox.kind, 'conversation-event'), eq(outbox.orderingKey, conversationId)))
        .orderBy(asc(outbox.id)),
    );
    return rows.flatMap(({ payload }) => {
      const { name, value } = payload as {
        name: string;
        value: { handoffId: string; change: HandoffChange };
      };
      return name === HANDOFF_CHANGED && value.handoffId === id ? [value.change] : [];
    });
  }
  const kindsHeardBy = async (id: string) => (await heardBy(id)).map(({ kind }) => kind);
  const queued = async () => (await test.desk.queue()).map(({ id }) => id);

  describe('the queue', () => {
    it('a repeated request finds what it made, and a conversation has one open at most', async () => {
      const wish = { conversationId: `twice-${Date.now()}`, channel: 'directline', locale: 'zh-CN', seq: 3 };
      const first = await test.handoffs.request(wish, `${wish.conversationId}:3`);
      const again = await test.handoffs.request(wish, `${wish.conversationId}:3`);
      const other = await test.handoffs.request({ ...wish, seq: 9, words: '急' }, `${wish.conversationId}:9`);
      expect([again.id, other.id]).to.deep.equal([first.id, first.id]);
      expect(await queued()).to.deep.equal([first.id]);
      expect((await test.stateOf(first.id)).words).to.equal('急');
    });

    it('words that are added twice are kept once', async () => {
      const id = await test.customer({ words: '卡解不了' });
      await test.handoffs.addWords(id, '尾号1234');
      await test.handoffs.addWords(id, '尾号1234');
      expect((await test.stateOf(id)).words).to.equal('卡解不了\n尾号1234');
    });

    it('fraud is called before complaints, both before the rest, each in the order of arrival', async () => {
      await test.agent({ groups: ['default'], capacity: 1 }, 'online');
      const plain = await test.customer();
      const complaint = await test.customer({ reason: 'complaint JB20261123000017' });
      const fraud = await test.customer({ reason: 'fraud_report' });
      const second = await test.customer();
      expect(await queued()).to.deep.equal([fraud, complaint, plain, second]);
      const { standing } = (await test.handoffs.open((await test.stateOf(second)).conversationId)) as {
        standing: object;
      };
      expect(standing).to.deep.equal({ position: 4, etaMinutes: null, staffed: true });
    });

    it('says how long it takes once enough talks have ended', async () => {
      const agent = await test.agent({ groups: ['default'], capacity: 1 });
      for (let n = 0; n < 5; n++) {
        const id = await test.customer();
        done(await test.desk.claim(id, agent));
        test.clock.advance(10 * MINUTE);
        await test.desk.heartbeat(agent);
        done(await test.desk.close(id, agent, { code: 'solved' }));
      }
      const id = await test.customer();
      const [first] = await test.desk.queue();
      expect(first).to.deep.include({ id, position: 1, etaMinutes: { from: 7, to: 14 } });
    });

    it('what was opened again counts for as long as it took then', async () => {
      const agent = await test.agent({ groups: ['opened-again'], capacity: 1 });
      const saved = await test.desk.saveGroup(
        {
          ...{ id: 'opened-again', name: '再次接待', active: true, autoAssign: false, place: 9 },
          routes: { about: ['opened-again'], locales: [] },
        },
        agent,
        0,
      );
      expect(saved.kind).to.equal('done');
      let last = await test.customer({ reason: 'opened-again' });
      done(await test.desk.claim(last, agent));
      for (let n = 0; n < 5; n++) {
        test.clock.advance(10 * MINUTE);
        await test.desk.heartbeat(agent);
        done(await test.desk.close(last, agent, { code: 'follow-up' }));
        last = done(await test.desk.reopen(last, agent)).id;
      }
      await test.customer({ reason: 'opened-again' });
      const [first] = await test.desk.queue({ groups: ['opened-again'] });
      expect(first?.etaMinutes).to.deep.equal({ from: 7, to: 14 });
    });

    it('whoever leaves is not called any more; leaving twice is leaving once', async () => {
      const id = await test.customer();
      expect(await test.handoffs.leave(id, 'cancelled')).to.equal('done');
      expect(await test.handoffs.leave(id, 'cancelled')).to.equal('over');
      expect(await test.stateOf(id)).to.deep.include({ state: 'left', endedAs: 'cancelled' });
      const agent = await test.agent();
      expect(await test.desk.claim(id, agent)).to.deep.equal({ kind: 'wrong-state', state: 'left' });
    });

    it('nobody leaves a queue when a person has just taken the chat', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      expect(await test.handoffs.leave(id, 'self-service')).to.equal('taken');
      expect(await test.handoffs.toMessage(id)).to.equal('taken');
    });
  });

  describe('hours', () => {
    const desk = (reason?: string) => test.handoffs.desk({ locale: 'zh-CN', reason });

    it('are the operator’s until a supervisor changes them, with several periods and holidays', async () => {
      test.clock.set('2026-11-23T12:30:00+08:00');
      expect(await desk()).to.deep.equal({ kind: 'open' });
      const lead = await test.agent({ roles: ['supervisor'] });
      const { value, version } = await test.desk.settings();
      const halves = [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '18:00' },
      ];
      const hours = {
        ...value.hours,
        periods: { 1: halves, 2: halves, 3: halves },
        holidays: ['2026-11-24'],
      };
      const changed = await test.desk.changeSettings({ hours }, lead, version);
      expect(changed).to.deep.include({ kind: 'done', version: version + 1 });
      expect(await desk()).to.deep.equal({ kind: 'closed', opensAt: new Date('2026-11-23T13:30:00+08:00') });
      test.clock.set('2026-11-24T10:00:00+08:00');
      expect(await desk()).to.deep.equal({ kind: 'closed', opensAt: new Date('2026-11-25T09:00:00+08:00') });
      expect(await test.desk.changeSettings({}, lead, version)).to.deep.equal({
        kind: 'changed-meanwhile',
        version: version + 1,
        now: { ...value, hours },
      });
      await test.desk.changeSettings({ hours: undefined }, lead, version + 1);
      test.clock.set('2026-11-24T10:00:00+08:00');
      expect(await desk()).to.deep.equal({ kind: 'open' });
    });

    it('a group may have its own', async () => {
      const lead = await test.agent({ roles: ['supervisor'] });
      const groups = await test.desk.groups();
      const fraud = groups.find(({ id }) => id === 'fraud');
      if (!fraud) throw new Error('the groups are seeded');
      const { version, ...rest } = fraud;
      const always = Object.fromEntries(
        [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
      );
      const hours = { timeZone: 'Asia/Shanghai', periods: always, holidays: [] };
      await test.desk.saveGroup({ ...rest, hours }, lead, version);
      test.clock.set('2026-11-22T01:00:00+08:00');
      expect((await desk('fraud_report')).kind).to.equal('open');
      expect((await desk()).kind).to.equal('closed');
      await test.desk.saveGroup({ ...rest, hours: undefined }, lead, version + 1);
      test.clock.set('2026-11-23T10:00:00+08:00');
    });
  });

  describe('claiming', () => {
    it('tells the customer the number, and whoever comes second who has it', async () => {
      const [first, second] = [await test.agent(), await test.agent()];
      const id = await test.customer();
      done(await test.desk.claim(id, first));
      const refused = await test.desk.claim(id, second);
      expect(refused).to.have.property('kind', 'taken');
      expect(refused).to.have.nested.property('by.number', first.number);
      expect(await heardBy(id)).to.deep.equal([{ kind: 'accepted', number: first.number, how: 'first' }]);
      expect(done(await test.desk.claim(id, first)).agent?.id).to.equal(first.id);
    });

    it('nobody has more than their capacity, takes other groups’ chats, or takes any while away', async () => {
      const agent = await test.agent({ capacity: 1, groups: ['default'] });
      await test.agent({ groups: ['fraud'] });
      const [a, b] = [await test.customer(), await test.customer()];
      const fraud = await test.customer({ reason: 'fraud_report' });
      expect(await test.desk.claim(fraud, agent)).to.deep.equal({ kind: 'other-group', group: 'fraud' });
      done(await test.desk.claimNext(agent));
      expect((await test.stateOf(a)).state).to.equal('active');
      expect(await test.desk.claim(b, agent)).to.deep.equal({ kind: 'full', capacity: 1 });
      const away = await test.agent({}, 'offline');
      expect(await test.desk.claim(b, away)).to.deep.equal({ kind: 'not-here' });
    });

    it('whoever is offered as many as they can have takes them one by one', async () => {
      const agent = await test.agent({ capacity: 2 });
      const [a, b] = [await test.customer(), await test.customer()];
      await test.rounds.offer();
      expect((await test.stateOf(b)).offeredTo?.id).to.equal(agent.id);
      done(await test.desk.claimNext(agent));
      done(await test.desk.claimNext(agent));
      expect([(await test.stateOf(a)).state, (await test.stateOf(b)).state]).to.deep.equal([
        'active',
        'active',
      ]);
      await test.customer();
      expect(await test.desk.claimNext(agent)).to.deep.equal({ kind: 'full', capacity: 2 });
    });

    it('answers a chat that nobody knows with unknown, whatever the id', async () => {
      const agent = await test.agent();
      expect(await test.desk.claim('../etc', agent)).to.deep.equal({ kind: 'unknown' });
    });
  });

  describe('automatic assignment', () => {
    it('offers the head of the queue to whoever has the fewest chats, and is accepted by a claim', async () => {
      const [busy, free] = [await test.agent(), await test.agent()];
      done(await test.desk.claim(await test.customer(), busy));
      const id = await test.customer();
      await test.rounds.offer();
      expect(await test.stateOf(id)).to.have.nested.property('offeredTo.id', free.id);
      expect(await kindsHeardBy(id)).to.deep.equal([]);
      expect(await test.desk.claim(id, busy)).to.have.property('kind', 'taken');
      done(await test.desk.claim(id, free));
      expect(await kindsHeardBy(id)).to.deep.equal(['accepted']);
    });

    it('an offer that is not accepted goes to somebody else, and whoever missed it is busy', async () => {
      const first = await test.agent();
      const id = await test.customer();
      await test.rounds.offer();
      const second = await test.agent();
      test.clock.advance(31_000);
      await test.rounds.round();
      expect(await test.stateOf(id)).to.have.nested.property('offeredTo.id', second.id);
      const at = await test.desk.agents();
      expect(at.find((agent) => agent.id === first.id)?.presence).to.equal('busy');
    });

    it('only whoever knows the language is offered a customer of it, while somebody there does', async () => {
      await test.agent();
      const english = await test.agent({ skills: ['en'] });
      const [a, b] = [await test.customer({ locale: 'en' }), await test.customer({ locale: 'en' })];
      await test.rounds.offer();
      for (const id of [a, b])
        expect(await test.stateOf(id)).to.have.nested.property('offeredTo.id', english.id);
    });

    it('a customer nobody can serve keeps nobody else waiting', async () => {
      await test.agent({ groups: ['fraud'] });
      await test.agent({ groups: ['complaint'] });
      const stuck = await test.customer();
      const served = await test.customer({ reason: 'fraud_report' });
      await test.rounds.offer();
      expect((await test.stateOf(stuck)).offeredTo).to.equal(undefined);
      expect((await test.stateOf(served)).offeredTo).not.to.equal(undefined);
    });

    it('leaves groups alone whose agents choose by themselves', async () => {
      const agent = await test.agent({ groups: ['complaint'] });
      const complaint = (await test.desk.groups()).find(({ id }) => id === 'complaint');
      if (!complaint) throw new Error('the groups are seeded');
      const { version, ...rest } = complaint;
      await test.desk.saveGroup({ ...rest, autoAssign: false }, agent, version);
      const id = await test.customer({ reason: 'complaint' });
      await test.rounds.offer();
      expect((await test.stateOf(id)).offeredTo).to.equal(undefined);
      await test.desk.saveGroup({ ...rest, autoAssign: true }, agent, version + 1);
    });
  });

  describe('agents who are gone or silent', () => {
    it('a chat whose console is gone for a minute is the first to be called, before older ones', async () => {
      const agent = await test.agent({ groups: ['default', 'complaint'] });
      const older = await test.customer();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      test.clock.advance(61_000);
      await test.rounds.round();
      expect(await queued()).to.deep.equal([id, older]);
      const heard = await heardBy(id);
      expect(heard.at(1)).to.deep.include({ kind: 'requeued', cause: 'agent-gone' });
      expect((await test.desk.agents()).find((one) => one.id === agent.id)?.presence).to.equal('offline');
    });

    it('a heartbeat keeps the chat', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      done(await test.desk.replied(id, agent));
      test.clock.advance(50_000);
      await test.desk.heartbeat(agent);
      test.clock.advance(50_000);
      await test.rounds.round();
      expect((await test.stateOf(id)).state).to.equal('active');
    });

    it('a customer who gets no reply goes to somebody else, with their priority', async () => {
      const silent = await test.agent();
      const id = await test.customer({ reason: 'complaint' });
      done(await test.desk.claim(id, silent));
      const other = await test.agent();
      for (let n = 0; n < 6; n++) {
        test.clock.advance(55_000);
        for (const one of [silent, other]) await test.desk.heartbeat(one);
      }
      await test.rounds.round();
      expect(await test.stateOf(id)).to.deep.include({ state: 'queued', priority: 1, returned: true });
      expect(await test.stateOf(id)).to.have.nested.property('offeredTo.id', other.id);
      done(await test.desk.claim(id, other));
      expect((await heardBy(id)).map((change) => ('how' in change ? change.how : change.kind))).to.deep.equal(
        ['first', 'requeued', 'again'],
      );
    });

    it('whoever goes home leaves nobody behind, and all gone at once loses nobody', async () => {
      const agents = [await test.agent(), await test.agent(), await test.agent()];
      const ids: string[] = [];
      for (const agent of agents) {
        const id = await test.customer();
        done(await test.desk.claim(id, agent));
        ids.push(id);
      }
      await Promise.all(agents.map((agent) => test.desk.setPresence(agent, 'offline')));
      expect((await queued()).sort()).to.deep.equal(ids.sort());
    });
  });

  describe('time limits', () => {
    it('are broken once each, and the reply stops the clock', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      test.clock.advance(121_000);
      await test.desk.heartbeat(agent);
      await test.rounds.round();
      await test.rounds.round();
      expect((await test.stateOf(id)).breaches).to.deep.equal(['first-reply']);
      done(await test.desk.claim(id, agent));
      done(await test.desk.replied(id, agent));
      const { conversationId } = await test.stateOf(id);
      await test.handoffs.customerWrote(conversationId);
      const { waitingSince } = await test.stateOf(id);
      test.clock.advance(50_000);
      await test.handoffs.customerWrote(conversationId);
      expect((await test.stateOf(id)).waitingSince).to.equal(waitingSince);
      for (let n = 0; n < 3; n++) {
        test.clock.advance(50_000);
        await test.desk.heartbeat(agent);
      }
      await test.rounds.round();
      expect((await test.stateOf(id)).breaches).to.deep.equal(['first-reply', 'next-reply']);
      done(await test.desk.replied(id, agent));
      expect((await test.stateOf(id)).waitingSince).to.equal(undefined);
    });

    it('after three minutes an apology, after ten the offer of a message, each once', async () => {
      const agent = await test.agent({ capacity: 1 });
      done(await test.desk.claim(await test.customer(), agent));
      const id = await test.customer();
      for (const _ of [1, 2, 3, 4]) {
        test.clock.advance(50_000);
        await test.desk.heartbeat(agent);
        await test.rounds.round();
      }
      expect(await kindsHeardBy(id)).to.include('waiting-long');
      for (let n = 0; n < 9; n++) {
        test.clock.advance(50_000);
        await test.desk.heartbeat(agent);
        await test.rounds.round();
      }
      const kinds = await kindsHeardBy(id);
      expect(kinds.filter((kind) => kind === 'waiting-long')).to.have.length(1);
      expect((await heardBy(id)).filter(({ kind }) => kind === 'offer-message')).to.deep.equal([
        { kind: 'offer-message', cause: 'long' },
      ]);
    });

    it('with nobody there a message is offered, and at the end of the day with the next opening', async () => {
      test.clock.set('2026-11-23T17:50:00+08:00');
      const agent = await test.agent();
      const id = await test.customer();
      await test.desk.setPresence(agent, 'offline');
      test.clock.advance(61_000);
      await test.rounds.round();
      test.clock.set('2026-11-23T18:00:30+08:00');
      await test.rounds.round();
      await test.rounds.round();
      const opensAt = '2026-11-24T01:00:00.000Z';
      expect((await heardBy(id)).filter(({ kind }) => kind === 'offer-message')).to.deep.equal([
        { kind: 'offer-message', cause: 'nobody' },
        { kind: 'offer-message', cause: 'closing', opensAt },
      ]);
      test.clock.set('2026-11-24T10:00:00+08:00');
    });

    it('places are told on a change, and at most every twenty seconds', async () => {
      await test.agent();
      const [first, second, third] = [await test.customer(), await test.customer(), await test.customer()];
      test.clock.advance(21_000);
      await test.handoffs.leave(first, 'cancelled');
      await test.handoffs.leave(second, 'cancelled');
      const places = async () => (await heardBy(third)).filter(({ kind }) => kind === 'position');
      const lead = await test.agent({ capacity: 1, groups: [] });
      await test.desk.heartbeat(lead);
      await test.rounds.round();
      await test.rounds.round();
      expect(await places()).to.deep.equal([
        { kind: 'position', position: 1, etaMinutes: (await test.desk.queue())[0]?.etaMinutes },
      ]);
    });
  });

  describe('transfer', () => {
    it('to a colleague tells the customer the new number and keeps the note inside', async () => {
      const [from, to] = [await test.agent(), await test.agent()];
      const id = await test.customer({ reason: 'complaint' });
      done(await test.desk.claim(id, from));
      const moved = done(await test.desk.transfer(id, from, { staffId: to.id }, '客户要找懂分期的'));
      expect(moved).to.deep.include({ state: 'active', priority: 1 });
      expect(moved.agent?.id).to.equal(to.id);
      expect((await heardBy(id)).at(-1)).to.deep.equal({ kind: 'accepted', number: to.number, how: 'again' });
      const notes = await test.desk.notes(moved.conversationId);
      expect(notes.map(({ text, author }) => [text, author.id])).to.deep.equal([
        ['客户要找懂分期的', from.id],
      ]);
      expect(JSON.stringify(await heardBy(id))).not.to.contain('分期');
      expect(await test.desk.holds(id, from)).to.have.nested.property('by.id', to.id);
    });

    it('to a group keeps priority and rank in the other queue', async () => {
      await test.agent({ groups: ['complaint'], capacity: 1 });
      const agent = await test.agent({ groups: ['default'] });
      const id = await test.customer();
      const later = await test.customer({ reason: 'complaint' });
      done(await test.desk.claim(id, agent));
      done(await test.desk.transfer(id, agent, { group: 'complaint' }));
      const [first, second] = await test.desk.queue({ groups: ['complaint'] });
      // A complaint goes first; among its equals the transferred one has the older ticket.
      expect([first?.id, second?.id]).to.deep.equal([later, id]);
      expect(second).to.deep.include({ priority: 2, returned: false });
      expect((await heardBy(id)).at(-1)).to.deep.include({ kind: 'requeued', cause: 'transferred' });
    });

    it('not to somebody who is away or full, nor to a group that is none, nor by somebody else', async () => {
      const [from, away] = [await test.agent(), await test.agent({}, 'offline')];
      const full = await test.agent({ capacity: 1 });
      done(await test.desk.claim(await test.customer(), full));
      const id = await test.customer();
      done(await test.desk.claim(id, from));
      const kindOf = async (to: { staffId: string } | { group: string }, by = from) =>
        (await test.desk.transfer(id, by, to)).kind;
      expect(await kindOf({ staffId: away.id })).to.equal('not-here');
      expect(await kindOf({ staffId: full.id })).to.equal('full');
      expect(await kindOf({ group: 'nowhere' })).to.equal('unknown-group');
      expect(await kindOf({ group: 'fraud' }, full)).to.equal('taken');
      expect((await test.stateOf(id)).agent?.id).to.equal(from.id);
    });
  });

  describe('the end', () => {
    it('is told with the summary; the code and the note stay inside; a rating is kept', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      const wrapUp = { code: 'bank-side', summary: '已说明要联系发卡行。', note: '情绪激动' } as const;
      done(await test.desk.close(id, agent, wrapUp));
      expect((await heardBy(id)).at(-1)).to.deep.equal({ kind: 'closed', summary: '已说明要联系发卡行。' });
      await test.handoffs.rate(id, { score: 4, reasons: ['waited'] });
      expect(await test.stateOf(id)).to.deep.include({
        state: 'closed',
        endedAs: 'closed',
        wrapUp: { code: 'bank-side', summary: '已说明要联系发卡行。' },
        rating: { score: 4, reasons: ['waited'] },
      });
      expect(await test.desk.close(id, agent, wrapUp)).to.deep.equal({
        kind: 'wrong-state',
        state: 'closed',
      });
    });

    it('back to the bot is told as such', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      done(await test.desk.returnToBot(id, agent));
      expect((await heardBy(id)).at(-1)).to.deep.equal({ kind: 'returned' });
      expect(await test.stateOf(id)).to.deep.include({ state: 'closed', endedAs: 'returned' });
    });

    it('within a day the same agent is preferred; later anybody is asked', async () => {
      const [idle, known] = [await test.agent(), await test.agent()];
      const id = await test.customer();
      done(await test.desk.claim(id, known));
      done(await test.desk.close(id, known, { code: 'solved' }));
      done(await test.desk.claim(await test.customer(), known));
      const { conversationId } = await test.stateOf(id);
      const again = { conversationId, channel: 'directline', locale: 'zh-CN', seq: 40 };
      const reopened = await test.handoffs.request(again, `${conversationId}:40`);
      await test.rounds.offer();
      expect(await test.stateOf(reopened.id)).to.deep.include({ reopens: id });
      expect(await test.stateOf(reopened.id)).to.have.nested.property('offeredTo.id', known.id);
      await test.handoffs.leave(reopened.id, 'cancelled');
      test.clock.advance(25 * 60 * MINUTE);
      for (const one of [idle, known]) await test.desk.heartbeat(one);
      const later = await test.handoffs.request({ ...again, seq: 50 }, `${conversationId}:50`);
      await test.rounds.offer();
      expect((await test.stateOf(later.id)).reopens).to.equal(undefined);
      expect(await test.stateOf(later.id)).to.have.nested.property('offeredTo.id', idle.id);
      test.clock.set('2026-11-23T10:00:00+08:00');
    });

    it('agents open a closed one again within a day, unless the customer has', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      done(await test.desk.close(id, agent, { code: 'follow-up' }));
      const again = done(await test.desk.reopen(id, agent));
      expect(again).to.deep.include({ state: 'active', reopens: id });
      expect((await heardBy(again.id)).at(0)).to.deep.include({ kind: 'accepted', number: agent.number });
      expect(await test.desk.reopen(id, agent)).to.deep.equal({ kind: 'too-late' });
    });
  });

  describe('messages', () => {
    it('run for a message from when it is taken up, not from the night it was left', async () => {
      const agent = await test.agent();
      const wish = { conversationId: `n-${Date.now()}`, channel: 'directline', locale: 'zh-CN', seq: 2 };
      const left = await test.handoffs.leaveMessage({ ...wish, words: '解不了' }, `${wish.conversationId}:2`);
      test.clock.advance(10 * 3_600_000);
      await test.desk.heartbeat(agent);
      done(await test.desk.claim(left.id, agent));
      await test.rounds.round();
      expect((await test.stateOf(left.id)).breaches).to.deep.equal([]);
      test.clock.advance(121_000);
      await test.desk.heartbeat(agent);
      await test.rounds.round();
      expect((await test.stateOf(left.id)).breaches).to.deep.equal(['first-reply']);
    });

    it('a message left waits without being offered, and answering it tells the customer so', async () => {
      const agent = await test.agent();
      const wish = { conversationId: `m-${Date.now()}`, channel: 'directline', locale: 'zh-CN', seq: 2 };
      const left = await test.handoffs.leaveMessage(
        { ...wish, words: '卡解不了' },
        `${wish.conversationId}:2`,
      );
      await test.rounds.offer();
      expect((await test.desk.messages()).map(({ id }) => id)).to.deep.equal([left.id]);
      expect(await queued()).to.deep.equal([]);
      done(await test.desk.claim(left.id, agent));
      expect(await heardBy(left.id)).to.deep.equal([
        { kind: 'accepted', number: agent.number, how: 'reply' },
      ]);
    });

    it('whoever has left one and asks for a person queues behind those who wait', async () => {
      const wish = { conversationId: `q-${Date.now()}`, channel: 'directline', locale: 'zh-CN', seq: 2 };
      const left = await test.handoffs.leaveMessage(wish, `${wish.conversationId}:2`);
      const other = await test.customer();
      await test.handoffs.request({ ...wish, seq: 8 }, `${wish.conversationId}:8`);
      expect(await queued()).to.deep.equal([other, left.id]);
    });

    it('one that goes to another group waits there as a message, and its customer hears nothing', async () => {
      const lead = await test.agent({ roles: ['supervisor'] });
      const wish = { conversationId: `g-${Date.now()}`, channel: 'directline', locale: 'zh-CN', seq: 2 };
      const left = await test.handoffs.leaveMessage(wish, `${wish.conversationId}:2`);
      const moved = done(await test.desk.reassign(left.id, lead, { group: 'complaint' }));
      expect(moved).to.deep.include({ state: 'message', group: 'complaint' });
      expect((await test.desk.messages({ groups: ['complaint'] })).map(({ id }) => id)).to.deep.equal([
        left.id,
      ]);
      expect(await heardBy(left.id)).to.deep.equal([]);
    });

    it('in the queue a chat becomes a message once, even while it is offered', async () => {
      const agent = await test.agent();
      const id = await test.customer();
      await test.rounds.offer();
      expect(await test.handoffs.toMessage(id)).to.equal('done');
      expect(await test.handoffs.toMessage(id)).to.equal('done');
      expect(await test.stateOf(id)).to.deep.include({ state: 'message', offeredTo: undefined });
      expect((await test.desk.chatsOf(agent.id)).map((chat) => chat.id)).to.deep.equal([]);
    });
  });

  describe('supervisors', () => {
    it('take over and reassign, which the audit keeps', async () => {
      const [agent, other] = [await test.agent(), await test.agent({ capacity: 1 })];
      const lead = await test.agent({ roles: ['supervisor'] });
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      expect(done(await test.desk.takeOver(id, lead)).agent?.id).to.equal(lead.id);
      done(await test.desk.claim(await test.customer(), other));
      expect(done(await test.desk.reassign(id, lead, { staffId: other.id })).agent?.id).to.equal(other.id);
      expect(done(await test.desk.reassign(id, lead, { group: 'default' })).state).to.equal('queued');
      const waiting = await test.customer();
      expect(done(await test.desk.reassign(waiting, lead, { staffId: agent.id })).state).to.equal('active');
    });
  });

  describe('events of the desk', () => {
    it('are numbered without gaps and name whom they concern', async () => {
      const before = await test.desk.lastSeq();
      const agent = await test.agent();
      const id = await test.customer();
      done(await test.desk.claim(id, agent));
      const events = await test.desk.events(before);
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, n) => before + n + 1));
      expect(events.map(({ type }) => type)).to.deep.equal(['presence', 'queued', 'accepted']);
      expect(events.at(-1)).to.deep.include({ handoffId: id, staffId: agent.id, actor: `staff:${agent.id}` });
    });
  });
});

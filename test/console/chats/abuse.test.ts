import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import { connect } from '../../../src/database/connect.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { HANDOFF_CHANGED } from '../../../src/domain/handoff.ts';
import { eventually } from '../../support/eventually.ts';
import { customerAt, type Page, type Process, staffAt, startProcess } from './world.ts';

const someId = () => Math.random().toString(36).slice(2).padEnd(10, 'x');

describe('the desk’s chats, abused', function () {
  this.timeout(60_000);
  let at: Process;
  let close: () => Promise<void>;

  before(async () => {
    const database = await connect({ dataDir: 'memory://' });
    const store = await createEmbeddedStore({ sql: await PGlite.create('memory://'), clock: systemClock });
    const memory = createEmbeddedMemory(systemClock);
    at = await startProcess({ database, store, memory, times: { sessionMs: 100 } });
    close = async () => {
      await at.close();
      await at.chats.live.stop();
      await store.close();
      await database.close();
    };
  });
  after(() => close());

  async function agentAt(more: Parameters<typeof staffAt>[2] = {}): Promise<Page> {
    const page = await staffAt(at, ['agent'], { capacity: 50, ...more });
    expect((await page.ask('PUT', '/presence', { presence: 'online' })).status).to.equal(200);
    return page;
  }

  /** What the outbox brings to the conversation when a chat is over; `true`: the bot’s turn has marked it. */
  async function endInLog(conversationId: string, chat: string, marks: boolean): Promise<void> {
    const value = { handoffId: chat, change: { kind: 'closed' } };
    const incoming = { origin: 'system' as const, activity: { type: 'event', name: HANDOFF_CHANGED, value } };
    const accepted = await at.store.accept(conversationId, incoming, 30_000);
    if (accepted.kind !== 'accepted' || !accepted.claim) throw new Error(accepted.kind);
    const { claim, entry } = accepted;
    await at.store.commit(claim, { seq: entry.seq, state: {}, mode: 'bot', replies: [] });
    if (marks) await at.handoffs.markEnd(chat, entry.seq);
  }

  describe('a chat that is over', () => {
    for (const marks of [true, false])
      it(`is followed to its end only, ${marks ? 'marked' : 'not yet marked'}: what comes then is another’s`, async () => {
        const [first, second] = [await agentAt(), await agentAt()];
        const customer = await customerAt(at);
        const { conversationId } = customer;
        await customer.say('第一次');
        const chat = await customer.askForPerson();
        await first.ask('POST', `/chats/${chat}/claim`);
        await first.listen();
        first.watch(chat);
        await eventually(() => expect(first.texts(chat)).to.deep.equal(['第一次']));
        // The number of the entry that will end it, guessed.
        const latest = (await at.store.find(conversationId))?.lastSeq ?? 0;
        const guessing = await agentAt({ groups: [] });
        await first.ask('POST', `/chats/${chat}/transfer`, { staffId: guessing.who.id });
        await guessing.listen();
        guessing.watch(chat, latest + 1);
        first.watch(chat, latest);
        await eventually(() => expect(first.ofType('unwatched')).to.have.length(1));
        expect((await guessing.ask('POST', `/chats/${chat}/close`, { code: 'solved' })).status).to.equal(200);
        await customer.say('还有一句');
        await eventually(() => expect(guessing.texts(chat)).to.deep.equal(['还有一句']));
        await endInLog(conversationId, chat, marks);

        const next = await customer.askForPerson();
        expect((await second.ask('POST', `/chats/${next}/claim`)).status).to.equal(200);
        await second.listen();
        second.watch(next);
        // Anew, from wherever they like.
        for (const after of [0, latest + 2, latest + 50, 1e9]) guessing.watch(chat, after);
        await customer.say('只给第二位的话');
        await eventually(() => expect(second.texts(next)).to.include('只给第二位的话'));
        for (const page of [first, guessing]) {
          // One round trip more: whatever it was to be told has been told.
          page.watch(next);
          await eventually(() =>
            expect(page.ofType('unwatched')).to.deep.include({ type: 'unwatched', chatId: next }),
          );
          expect(page.texts(chat)).not.to.include('只给第二位的话');
          await page.leave();
        }
        await second.leave();
      });
  });

  it('a chat that is watched many times at once is told once', async () => {
    const agent = await agentAt();
    const customer = await customerAt(at);
    await customer.say('开始');
    const chat = await customer.askForPerson();
    await agent.ask('POST', `/chats/${chat}/claim`);
    await agent.listen();
    const latest = (await at.store.find(customer.conversationId))?.lastSeq ?? 0;
    for (let times = 0; times < 20; times++) agent.watch(chat, latest);
    // Frames are carried out one after the other: once this one is answered, those before it are.
    agent.watch('00000000-0000-4000-8000-000000000000');
    await eventually(() => expect(agent.ofType('unwatched')).to.have.length(1));
    await customer.say('一句话');
    await eventually(() => expect(agent.texts(chat)).to.include('一句话'));
    await customer.say('另一句');
    await eventually(() => expect(agent.texts(chat)).to.deep.equal(['一句话', '另一句']));
    await agent.leave();
  });

  it('a secret is not asked for in parts either', async () => {
    const agent = await agentAt();
    const chat = await (await customerAt(at)).askForPerson();
    await agent.ask('POST', `/chats/${chat}/claim`);
    const say = async (text: string) =>
      (await agent.ask('POST', `/chats/${chat}/messages`, { text, clientId: someId() })).code;
    expect(await say('麻烦您把短信里的验证')).to.equal(undefined);
    expect(await say('码发我')).to.equal('AsksForSecret');
    expect(await say('我帮您看一下进度')).to.equal(undefined);
  });

  it('a page that asks without end is closed', async () => {
    const agent = await agentAt();
    await agent.listen();
    for (let times = 0; times < 2000; times++) agent.watch('00000000-0000-4000-8000-000000000000');
    await eventually(() => expect(agent.closed).to.equal(1013));
  });

  it('who serves a group no more does not go on with what waits in it', async () => {
    const agent = await agentAt({ groups: ['default'] });
    const lead = await staffAt(at, ['supervisor']);
    const customer = await customerAt(at);
    await customer.say('等着');
    const chat = await customer.askForPerson();
    await agent.listen();
    agent.watch(chat);
    await eventually(() => expect(agent.texts(chat)).to.deep.equal(['等着']));
    const moved = await lead.ask('PATCH', `/settings/members/${agent.who.id}`, { version: 1, groups: [] });
    expect(moved.status).to.equal(200);
    await eventually(() => expect(agent.ofType('unwatched')).to.have.length(1));
    await agent.leave();
  });
});

import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { undelivered } from '../../../src/channels/delivery.ts';
import type { DeliveryFacts } from '../../../src/console/chats/delivery.ts';
import type { ChatMessage } from '../../../src/console/chats/shapes.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../../src/conversation/embedded/store.ts';
import type { ConversationStore, NewActivity } from '../../../src/conversation/store.ts';
import { connect } from '../../../src/database/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import { createDeliveries } from '../../../src/database/deliveries.ts';
import { systemClock as clock } from '../../../src/domain/clock.ts';
import type { Deliveries } from '../../../src/domain/delivery.ts';
import { customerAt, type Page, type Process, staffAt, startProcess } from './world.ts';

describe('delivery to messaging apps, as the desk sees it', function () {
  this.timeout(60_000);
  let database: Database;
  let store: ConversationStore;
  let deliveries: Deliveries;
  let at: Process;
  let agent: Page;
  let lead: Page;
  /** Another one in each test. */
  let id: string;
  let chat: string;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    store = await createEmbeddedStore({ sql: await PGlite.create('memory://'), clock });
    deliveries = createDeliveries({ database, clock });
    at = await startProcess({ database, store, memory: createEmbeddedMemory(clock) });
    agent = await staffAt(at, ['agent'], { capacity: 50 });
    await agent.ask('PUT', '/presence', { presence: 'online' });
    lead = await staffAt(at, ['supervisor']);
  });
  after(async () => {
    await at.close();
    await at.chats.live.stop();
    await store.close();
    await database.close();
  });
  beforeEach(async () => {
    const userId = `wm${randomUUID()}`;
    id = `wk1:${userId}`;
    await store.open({ id, channel: 'wecom-kf', userId, locale: 'zh-CN' });
    const about = { conversationId: id, channel: 'wecom-kf', userId, lastSeq: 0 };
    const windowUntil = new Date(Date.now() + 3_600_000);
    await deliveries.customerWrote({ ...about, messages: 5, windowUntil });
    const wish = { conversationId: id, channel: 'wecom-kf', locale: 'zh-CN', seq: 1 };
    chat = (await at.handoffs.request(wish, id)).id;
    expect((await agent.ask('POST', `/chats/${chat}/claim`)).status).to.equal(200);
  });

  const facts = async (who = agent) =>
    (await who.ask('GET', `/chats/${chat}`)).body.delivery as DeliveryFacts | undefined;
  const decide = (how: 'retry' | 'drop', who = lead) => who.ask('POST', `/chats/${chat}/delivery/${how}`);
  const say = async (text: string) => {
    const sent = await agent.ask('POST', `/chats/${chat}/messages`, { text, clientId: randomUUID() });
    return (sent.body.message as ChatMessage).seq;
  };
  const fails = (seq: number, reason = 'invalid') =>
    store.append(id, 'bot', [undelivered({ after: seq - 1, to: seq }, { reason })], `failed:${seq}`);
  const said = async () =>
    (await store.read(id, 0, 1000)).flatMap(({ origin, activity }) =>
      activity.type === 'message' ? [`${origin} ${activity.text}`] : [],
    );

  it('says what is left, and nothing of it where customers write on the web', async () => {
    expect(await facts()).to.deep.include({ remaining: 5, sentSeq: 0, undelivered: [] });
    expect(await facts()).not.to.have.property('waits');
    chat = await (await customerAt(at)).askForPerson();
    await agent.ask('POST', `/chats/${chat}/claim`);
    expect(await facts()).to.equal(undefined);
    expect((await decide('retry')).status).to.equal(404);
  });

  it('says what everything waits for', async () => {
    await deliveries.hold(id, 'window-closed');
    expect(await facts()).to.include({ waits: 'window-closed' });
    expect(await facts(lead)).to.include({ waits: 'window-closed' });
  });

  it('says which lines did not arrive and why, among the lines, too', async () => {
    const seq = await say('您好');
    await fails(seq, 'quota');
    const [failed] = (await facts())?.undelivered ?? [];
    expect(failed).to.include({ after: seq - 1, to: seq, reason: 'quota', seq: seq + 1 });
    const { messages } = (await agent.ask('GET', `/chats/${chat}/messages`)).body as {
      messages: ChatMessage[];
    };
    expect(messages.at(-1)?.event).to.deep.equal({
      name: 'unbind.delivery.failed',
      value: { after: seq - 1, to: seq, reason: 'quota' },
    });
  });

  it('is tried once more when a supervisor says so: what failed as it was said, what waits as it stands', async () => {
    await fails(await say('您好'));
    await fails(await say('还在吗'));
    await deliveries.hold(id, 'not-configured');
    const both = await Promise.all([decide('retry'), decide('retry')]);
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(both[0]?.body.delivery).to.deep.include({ undelivered: [] });
    expect(await said()).to.deep.equal(['agent 您好', 'agent 还在吗', 'agent 您好', 'agent 还在吗']);
    expect(await facts()).not.to.have.property('waits');
    expect(await deliveries.claim(id, 1000)).to.not.equal(undefined);
    await decide('retry');
    expect(await said()).to.have.length(4);
  });

  it('says nothing again that was taken back meanwhile', async () => {
    const seq = await say('发错了');
    await agent.ask('POST', `/chats/${chat}/recall`, { seq });
    await fails(seq);
    await decide('retry');
    expect(await said()).to.deep.equal(['agent 发错了']);
    expect((await facts())?.undelivered).to.deep.equal([]);
  });

  it('is left at that when a supervisor says so, also what waits', async () => {
    await fails(await say('您好'));
    const last: NewActivity = { type: 'message', text: '旧话' };
    const [waiting] = await store.append(id, 'bot', [last]);
    await deliveries.hold(id, 'customer-gone');
    expect((await decide('drop')).body.delivery).to.deep.include({ undelivered: [] });
    const { sentSeq, waits } = (await facts()) ?? {};
    expect([(sentSeq ?? 0) >= (waiting?.seq ?? 0), waits]).to.deep.equal([true, undefined]);
    expect(await said()).to.deep.equal(['agent 您好', 'bot 旧话']);
  });

  it('is for supervisors to decide', async () => {
    for (const how of ['retry', 'drop'] as const)
      expect((await decide(how, agent)).code).to.equal('NotAllowed');
  });
});

import { expect } from 'chai';
import { sql } from 'drizzle-orm';
import { openConnection } from '../../../src/conversation/redis/connection.ts';
import { redisAt } from '../../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../../src/conversation/redis/shared-memory.ts';
import { createRedisStore } from '../../../src/conversation/redis/store.ts';
import { connect } from '../../../src/database/connect.ts';
import { silent } from '../../../src/domain/log.ts';
import { freshPostgres } from '../../support/databases.ts';
import { eventually } from '../../support/eventually.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { customerAt, loginAt, type Page, type Process, staffAt, startProcess } from './world.ts';

const id = () => Math.random().toString(36).slice(2).padEnd(10, 'x');

describe('the desk’s chats: two processes on PostgreSQL and Redis', function () {
  this.timeout(60_000);
  let redis: RedisServer;
  let a: Process;
  let b: Process;
  const closing: (() => Promise<unknown>)[] = [];

  before(async () => {
    redis = await startRedis();
    const databaseUrl = await freshPostgres();
    const open = async () => {
      const settings = redisAt(redis.url);
      const database = await connect({ databaseUrl, dataDir: 'memory://' });
      const store = await createRedisStore({ redis: settings, log: silent });
      const connection = await openConnection({ settings, log: silent, purpose: 'shared memory' });
      const memory = createRedisMemory({ connection });
      const process = await startProcess({ database, store, memory, times: { sessionMs: 100 } });
      closing.unshift(async () => {
        await process.close();
        await process.chats.live.stop();
        await connection.close();
        await store.close();
        await database.close();
      });
      return process;
    };
    a = await open();
    b = await open();
  });
  after(async () => {
    for (const close of closing) await close();
    await redis.stop();
  });

  async function atDesk(
    at: Process,
    more: Parameters<typeof staffAt>[2] = {},
    roles: Parameters<typeof staffAt>[1] = ['agent'],
  ) {
    const page = await staffAt(at, roles, more);
    expect((await page.ask('PUT', '/presence', { presence: 'online' })).status).to.equal(200);
    return page;
  }
  const ownGroup = async (name: string) => {
    const actor = { id: '00000000-0000-4000-8000-000000000000', number: 'X1', roles: ['admin' as const] };
    const group = {
      id: name,
      name,
      routes: { about: [name], locales: [] },
      autoAssign: false,
      active: true,
      place: 0,
    };
    await a.chats.desk.saveGroup(group, actor, 0);
    return name;
  };

  it('a chat lives from the queue to its end, the customer at one process and the agent at the other', async () => {
    const group = await ownGroup('life');
    const agent = await atDesk(b, { groups: [group] });
    const desk = await agent.ask('GET', '/desk');
    expect(desk.body.me).to.include({ presence: 'online', active: 0 });
    expect(await agent.listen(desk.body.seq as number)).to.equal(101);

    const customer = await customerAt(a);
    await customer.say('解绑失败了，卡号 6222021234567890128');
    const chat = await customer.askForPerson({ topic: group, words: '解绑失败了' });
    await eventually(() =>
      agent.events.some(({ type, handoffId }) => type === 'queued' && handoffId === chat),
    );
    expect(agent.events.at(-1)?.handoff).to.include({ id: chat, state: 'queued' });
    const queue = (await agent.ask('GET', '/desk')).body.queue as { id: string; position: number }[];
    expect(queue.map((it) => [it.id, it.position])).to.deep.equal([[chat, 1]]);

    const claimed = await agent.ask('POST', `/chats/${chat}/claim`);
    expect(claimed.body.chat).to.include({ state: 'active' });
    const opened = await agent.ask('GET', `/chats/${chat}`);
    expect(opened.body.chat).to.include({ id: chat, words: '解绑失败了' });
    expect(opened.body.customer).to.deep.equal({ standing: 'anonymous' });
    const log = (await agent.ask('GET', `/chats/${chat}/messages`)).body;
    expect(JSON.stringify(log)).to.include('解绑失败了').and.not.include('6222021234567890128');

    agent.watch(chat, log.to as number);
    const stream = customer.listen();
    await customer.say('您好，在吗');
    await eventually(() => expect(agent.texts(chat)).to.deep.equal(['您好，在吗']));
    const clientId = id();
    const text = '您好，我帮您看一下';
    const sent = await agent.ask('POST', `/chats/${chat}/messages`, { text, clientId });
    expect(sent.body.message).to.include({ text, clientId, from: agent.who.number });
    await stream.hears(text);

    expect((await agent.ask('POST', `/chats/${chat}/typing`)).status).to.equal(204);
    await eventually(() => stream.activities.some(({ type }) => type === 'typing'));
    await customer.type();
    await eventually(() => agent.ofType<{ from: string }>('typing').some(({ from }) => from === 'customer'));

    const { seq } = sent.body.message as { seq: number };
    const { lastSeq } = (await a.store.find(customer.conversationId)) ?? {};
    await customer.read(seq);
    await eventually(() =>
      expect(agent.ofType('read')).to.deep.equal([{ type: 'read', chatId: chat, from: 'customer', seq }]),
    );
    // It passes: the log holds what was said.
    expect((await a.store.find(customer.conversationId))?.lastSeq).to.equal(lastSeq);
    expect((await agent.ask('POST', `/chats/${chat}/recall`, { seq })).body.message).to.include({
      recalls: seq,
    });
    await eventually(() => stream.activities.some(({ type }) => type === 'messageDelete'));
    const later = (await agent.ask('GET', `/chats/${chat}/messages`)).body.messages as {
      seq: number;
      recalled: boolean;
    }[];
    expect(later.find((it) => it.seq === seq)?.recalled).to.equal(true);

    const closed = await agent.ask('POST', `/chats/${chat}/close`, { code: 'solved', summary: '已说明原因' });
    expect(closed.body.chat).to.include({ state: 'closed' });
    expect(
      (await agent.ask('POST', `/chats/${chat}/messages`, { text: '还在吗', clientId: id() })).code,
    ).to.equal('WrongState');
    await agent.leave();
    stream.socket.terminate();
  });

  it('of two agents who claim at once one has it, and the other is told who', async () => {
    const group = await ownGroup('race');
    const [one, two] = [await atDesk(a, { groups: [group] }), await atDesk(b, { groups: [group] })];
    for (let round = 0; round < 5; round++) {
      const chat = await (await customerAt(a)).askForPerson({ topic: group });
      const answers = await Promise.all([one, two].map((page) => page.ask('POST', `/chats/${chat}/claim`)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const winner = answers[0]?.status === 200 ? one : two;
      const refused = answers.find(({ status }) => status === 409);
      expect(refused?.error).to.deep.include({ code: 'Taken' });
      expect(refused?.error?.details).to.include({ number: winner.who.number });
      await winner.ask('POST', `/chats/${chat}/return`, {});
    }
  });

  it('a message sent twice, also at both processes at once, is one message', async () => {
    const group = await ownGroup('twice');
    const agent = await atDesk(a, { groups: [group] });
    const other = await loginAt(b, agent.who);
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    const body = { text: '请稍等', clientId: id() };
    const sent = await Promise.all(
      [agent, other, agent].map((page) => page.ask('POST', `/chats/${chat}/messages`, body)),
    );
    expect(new Set(sent.map(({ body: { message } }) => (message as { seq: number }).seq)).size).to.equal(1);
    const stream = customer.listen();
    await stream.hears('请稍等');
    expect(stream.texts).to.deep.equal(['请稍等']);
    stream.socket.terminate();
  });

  it('shows a chat to nobody else, and says the same of one that is not there', async () => {
    const group = await ownGroup('closed-doors');
    const [owner, stranger] = [
      await atDesk(a, { groups: [group] }),
      await atDesk(b, { groups: ['default'] }),
    ];
    const colleague = await atDesk(b, { groups: [group] });
    const chat = await (await customerAt(a)).askForPerson({ topic: group });
    expect((await colleague.ask('GET', `/chats/${chat}`)).status).to.equal(200);
    await owner.ask('POST', `/chats/${chat}/claim`);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    const steps: [string, string, unknown?][] = [
      ['GET', ''],
      ['GET', '/messages'],
      ['POST', '/messages', { text: '您好', clientId: id() }],
      ['POST', '/recall', { seq: 1 }],
      ['POST', '/typing'],
      ['POST', '/read', { seq: 1 }],
      ['POST', '/notes', { text: '您好' }],
      ['POST', '/transfer', { group: 'default' }],
      ['POST', '/return', {}],
      ['POST', '/close', { code: 'solved' }],
      ['POST', '/reopen'],
    ];
    for (const page of [stranger, colleague])
      for (const [method, path, body] of steps) {
        const [theirs, none] = [
          await page.ask(method, `/chats/${chat}${path}`, body),
          await page.ask(method, `/chats/${nowhere}${path}`, body),
        ];
        expect([path, theirs.status, theirs.body]).to.deep.equal([path, 404, none.body]);
      }
    expect(await stranger.listen()).to.equal(101);
    stranger.watch(chat);
    await eventually(() => expect(stranger.ofType('unwatched')).to.have.length(1));
    expect(stranger.messages(chat)).to.deep.equal([]);
    await stranger.leave();
  });

  it('goes on without gap or repeat after the socket was away, at another process', async () => {
    const group = await ownGroup('away');
    const agent = await atDesk(a, { groups: [group] });
    const customer = await customerAt(b);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    await agent.listen(((await agent.ask('GET', '/desk')).body.seq as number) - 1);
    agent.watch(chat);
    for (const n of [1, 2, 3]) await customer.say(`第${n}句`);
    await eventually(() => expect(agent.texts(chat)).to.have.length(3));
    await eventually(() => agent.events.length > 0);
    const [seq, last] = [agent.seq, agent.messages(chat).at(-1)?.seq ?? 0];
    await agent.leave();
    for (const n of [4, 5, 6]) await customer.say(`第${n}句`);
    const missed = await customerAt(a);
    const second = await missed.askForPerson({ topic: group });
    const back = await loginAt(b, agent.who);
    expect(await back.listen(seq)).to.equal(101);
    back.watch(chat, last);
    await customer.say('第7句');
    await eventually(() => expect(back.texts(chat)).to.include('第7句'));
    expect(back.texts(chat)).to.deep.equal(['第4句', '第5句', '第6句', '第7句']);
    await eventually(() =>
      back.events.some(({ handoffId, type }) => handoffId === second && type === 'queued'),
    );
    expect(Math.min(...back.events.map((event) => event.seq))).to.be.greaterThan(seq);
    await back.leave();
  });

  it('ends the watching of a chat that goes to somebody else', async () => {
    const group = await ownGroup('lost');
    const [agent, next] = [await atDesk(a, { groups: [group] }), await atDesk(b, { groups: [group] })];
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    await agent.listen();
    agent.watch(chat);
    await customer.say('在吗');
    await eventually(() => expect(agent.texts(chat)).to.deep.equal(['在吗']));
    const given = await agent.ask('POST', `/chats/${chat}/transfer`, {
      staffId: next.who.id,
      note: '请接着看 6222021234567890128',
    });
    expect(given.body.chat).to.include({ state: 'active' });
    await eventually(() =>
      expect(agent.ofType('unwatched')).to.deep.equal([{ type: 'unwatched', chatId: chat }]),
    );
    await customer.say('还在吗');
    const { notes } = (await next.ask('GET', `/chats/${chat}`)).body as { notes: { text: string }[] };
    expect(notes[0]?.text).to.include('请接着看').and.not.include('6222021234567890128');
    expect(agent.texts(chat)).to.deep.equal(['在吗']);
    await agent.leave();
  });

  it('opens a socket only with a fresh ticket of this session, and from its own page', async () => {
    const [agent, other] = [await atDesk(a), await atDesk(a)];
    const ticketOf = async (page: Page) => String((await page.ask('POST', '/live-ticket')).body.ticket);
    expect(await agent.listen(0, { ticket: 'guessed' })).to.equal(403);
    expect(await agent.listen(0, { ticket: await ticketOf(other) })).to.equal(403);
    expect(await agent.listen(0, { origin: 'https://evil.example' })).to.equal(403);
    const ticket = await ticketOf(agent);
    expect(await agent.listen(0, { ticket })).to.equal(101);
    await agent.leave();
    expect(await agent.listen(0, { ticket })).to.equal(403);
  });

  it('says so when what a page has cannot be gone on from', async () => {
    const agent = await atDesk(a);
    await agent.listen(1_000_000);
    await eventually(() => expect(agent.ofType<{ seq: number }>('reset')[0]?.seq).to.be.lessThan(1_000_000));
    const customer = await customerAt(a);
    const chat = await customer.askForPerson();
    await eventually(() => agent.events.some(({ handoffId }) => handoffId === chat));
    await agent.leave();
  });

  it('drops a page that does not read, and keeps serving the others', async () => {
    const group = await ownGroup('slow');
    const agent = await atDesk(a, { groups: [group] });
    const second = await loginAt(b, agent.who);
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    await agent.listen();
    await second.listen();
    second.watch(chat);
    agent.watch(chat);
    await customer.say('开始');
    await eventually(() =>
      expect([agent.texts(chat), second.texts(chat)]).to.deep.equal([['开始'], ['开始']]),
    );
    agent.socket?.pause();
    const long = '很长的一句话'.repeat(600);
    for (let n = 0; n < 40; n++)
      await a.store.append(customer.conversationId, 'agent', Array(20).fill({ type: 'message', text: long }));
    await customer.say('结束');
    await eventually(() => expect(second.texts(chat).at(-1)).to.equal('结束'), 20_000);
    agent.socket?.resume();
    await eventually(() => expect(agent.closed).to.not.equal(undefined), 20_000);
    expect(agent.texts(chat)).to.not.include('结束');
    await second.leave();
  });

  it('closes the sockets of a session that ends', async () => {
    const agent = await atDesk(a);
    await agent.listen();
    const { id } = (await agent.ask('GET', '/desk')).body.me as { id: string };
    await agent.ask('POST', '/logout');
    const supervisor = await atDesk(a, {}, ['supervisor']);
    const { agents } = (await supervisor.ask('GET', '/supervise')).body as {
      agents: { id: string; presence: string }[];
    };
    expect(agents.find((one) => one.id === id)?.presence).to.equal('offline');
    await eventually(() => expect(agent.closed).to.equal(4401));
  });

  it('lets no question for a secret through, in words to the customer of any kind', async () => {
    const group = await ownGroup('secrets');
    const agent = await atDesk(a, { groups: [group] });
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    for (const text of ['请把验证码发给我', '请提供完整卡号', 'What is your password?']) {
      const answers = [
        await agent.ask('POST', `/chats/${chat}/messages`, { text, clientId: id() }),
        await agent.ask('POST', `/chats/${chat}/close`, { code: 'solved', summary: text }),
        await agent.ask('POST', '/quick-replies', { shortcut: 'x', title: 'x', text }),
      ];
      expect(answers.map(({ status, code }) => [status, code])).to.deep.equal(
        answers.map(() => [422, 'AsksForSecret']),
      );
    }
    await agent.ask('POST', `/chats/${chat}/messages`, {
      text: '您的卡 6222021234567890128 已解绑',
      clientId: id(),
    });
    const log = JSON.stringify(await a.store.read(customer.conversationId, 0, 100));
    expect(log).to.include('已解绑').and.not.include('6222021234567890128').and.not.include('验证码');
  });

  it('an agent reads a talk that is long over, and nothing of the account as it is now', async () => {
    const group = await ownGroup('over');
    const agent = await atDesk(a, { groups: [group] });
    const boss = await atDesk(b, { groups: [] }, ['supervisor']);
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    await agent.ask('POST', `/chats/${chat}/close`, { code: 'solved', summary: '已说明原因' });
    const standingFor = async (who: typeof agent) =>
      ((await who.ask('GET', `/chats/${chat}`)).body.cards as { standing: string }).standing;
    expect(await standingFor(agent)).to.equal('anonymous');
    const long = sql`update handoffs set ended_at = ended_at - interval '25 hours' where id = ${chat}`;
    await a.database.run((db) => db.execute(long));
    expect(await standingFor(agent)).to.equal('over');
    expect((await agent.ask('GET', `/chats/${chat}/messages`)).status).to.equal(200);
    expect(await standingFor(boss)).to.equal('anonymous');
  });

  it('a supervisor sees all, whispers to the agent alone, takes over and gives on', async () => {
    const group = await ownGroup('boss');
    const agent = await atDesk(a, { groups: [group] });
    const boss = await atDesk(b, { groups: [] }, ['supervisor']);
    const customer = await customerAt(a);
    const chat = await customer.askForPerson({ topic: group });
    await agent.ask('POST', `/chats/${chat}/claim`);
    const seen = (await boss.ask('GET', '/supervise')).body as {
      chats: { id: string }[];
      agents: { id: string; active: number }[];
    };
    expect(seen.chats.map((it) => it.id)).to.include(chat);
    expect(seen.agents.find((it) => it.id === agent.who.id)).to.include({ active: 1 });
    expect((await boss.ask('POST', `/chats/${chat}/whisper`, { text: '先安抚一下' })).status).to.equal(200);
    const { notes } = (await agent.ask('GET', `/chats/${chat}`)).body as { notes: { mentions: string[] }[] };
    expect(notes[0]?.mentions).to.deep.equal([agent.who.id]);
    expect(JSON.stringify(await a.store.read(customer.conversationId, 0, 100))).to.not.include('安抚');
    expect((await boss.ask('POST', `/chats/${chat}/take-over`)).body.chat).to.include({ state: 'active' });
    expect(
      (await agent.ask('POST', `/chats/${chat}/messages`, { text: '您好', clientId: id() })).status,
    ).to.equal(404);
    const back = await boss.ask('POST', `/chats/${chat}/reassign`, { staffId: agent.who.id });
    expect(back.body.chat).to.nested.include({ 'agent.number': agent.who.number });
    expect((await agent.ask('POST', `/chats/${chat}/take-over`)).code).to.equal('NotAllowed');
  });

  it('keeps quick replies of everybody and of one’s own apart', async () => {
    const [agent, other] = [await atDesk(a), await atDesk(b)];
    const boss = await staffAt(a, ['supervisor']);
    const words = { shortcut: '问好', title: '开场白', text: '{{customer}}您好，客服 {{agent}} 为您服务' };
    expect((await agent.ask('POST', '/quick-replies', { ...words, shared: true })).status).to.equal(404);
    const shared = (await boss.ask('POST', '/quick-replies', { ...words, shared: true })).body.reply as {
      id: string;
    };
    const own = (await agent.ask('POST', '/quick-replies', { ...words, shortcut: '我的' })).body.reply as {
      id: string;
    };
    const found = async (page: Page, q: string) =>
      (
        (await page.ask('GET', `/quick-replies?q=${encodeURIComponent(q)}`)).body.replies as { id: string }[]
      ).map((it) => it.id);
    expect([await found(agent, '问'), await found(agent, '我'), await found(other, '我')]).to.deep.equal([
      [shared.id],
      [own.id],
      [],
    ]);
    expect(
      (await agent.ask('PATCH', `/quick-replies/${shared.id}`, { title: 'x', version: 1 })).status,
    ).to.equal(404);
    expect(
      (await agent.ask('PATCH', `/quick-replies/${own.id}`, { title: '新', version: 1 })).body.reply,
    ).to.include({ title: '新', version: 2 });
    expect((await agent.ask('PATCH', `/quick-replies/${own.id}`, { title: '旧', version: 1 })).code).to.equal(
      'ChangedMeanwhile',
    );
    expect((await other.ask('DELETE', `/quick-replies/${own.id}`)).status).to.equal(404);
    expect((await agent.ask('DELETE', `/quick-replies/${own.id}`)).status).to.equal(204);
    expect((await agent.ask('POST', '/quick-replies', { ...words, text: '{{phone}}' })).code).to.equal(
      'UnknownVariable',
    );
  });
});

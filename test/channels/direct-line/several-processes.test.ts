import { expect } from 'chai';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { openConnection } from '../../../src/conversation/redis/connection.ts';
import { redisAt } from '../../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../../src/conversation/redis/shared-memory.ts';
import { createRedisStore } from '../../../src/conversation/redis/store.ts';
import type { ConversationStore } from '../../../src/conversation/store.ts';
import { silent } from '../../../src/domain/log.ts';
import type { SharedMemory } from '../../../src/domain/shared-memory.ts';
import { FakeClock } from '../../support/clock.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { call, Listener, post, type Started, startConversation, until } from './client.ts';
import { SECRET, startServer, type TestServer } from './server.ts';

/** A memory that can be away, as a Redis is. */
function breakable(memory: SharedMemory) {
  const state = { away: false };
  const through = <T>(run: () => Promise<T>) => (state.away ? Promise.reject(new Error('away')) : run());
  const broken: SharedMemory = {
    put: (...args) => through(() => memory.put(...args)),
    take: (...args) => through(() => memory.take(...args)),
    hit: (...args) => through(() => memory.hit(...args)),
    read: (...args) => through(() => memory.read(...args)),
    swap: (...args) => through(() => memory.swap(...args)),
  };
  return { memory: broken, state };
}

/** Whether the socket opened, or with which status it was refused. */
async function connect(url: string, server: TestServer): Promise<'open' | number | undefined> {
  const listener = new Listener(url.replace(/^ws:\/\/[^/]+/, server.origin.replace('http', 'ws')));
  await until(
    () => listener.socket.readyState !== listener.socket.CONNECTING || listener.httpStatus !== undefined,
    'an answer',
    30_000,
  );
  const opened = listener.socket.readyState === listener.socket.OPEN;
  listener.socket.terminate();
  return opened ? 'open' : listener.httpStatus;
}

describe('Direct Line: several processes', function () {
  this.timeout(60_000);
  let redis: RedisServer;
  let a: TestServer;
  let b: TestServer;
  /** Two others, where an address may do little. */
  let office: [TestServer, TestServer];
  const closing: (() => Promise<void>)[] = [];

  async function startProcess(keyPrefix: string, perUser: number, perAddress: number): Promise<TestServer> {
    const settings = redisAt(redis.url);
    const store: ConversationStore = await createRedisStore({ redis: settings, log: silent });
    const connection = await openConnection({ settings, log: silent, purpose: 'shared memory' });
    const server = await startServer({
      store,
      accept: (id, incoming) => store.accept(id, incoming),
      memory: createRedisMemory({ connection, keyPrefix }),
      limits: {
        perUser: { max: perUser, windowSeconds: 60 },
        perAddress: { max: perAddress, windowSeconds: 60 },
      },
    });
    closing.push(async () => {
      await server.close();
      await connection.close();
      await store.close();
    });
    return server;
  }

  const say = (server: TestServer, talk: Started) => post(server, talk, { type: 'message', text: 'x' });
  async function streamUrl(server: TestServer, talk: Started): Promise<string> {
    return (await call(server, `/conversations/${talk.id}`, { bearer: talk.token })).body.streamUrl;
  }

  before(async () => {
    redis = await startRedis();
    [a, b] = await Promise.all([startProcess('a', 20, 10_000), startProcess('a', 20, 10_000)]);
    office = await Promise.all([startProcess('office', 10_000, 3), startProcess('office', 10_000, 3)]);
  });
  after(async () => {
    for (const close of closing) await close();
    await redis.stop();
  });

  it('G a user’s limit is one limit, wherever the requests arrive', async () => {
    const talk = await startConversation(a, { user: { id: 'dl_one' } });
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) statuses.push((await say(n % 2 ? a : b, talk)).status);
    // Starting was one; a process may let one more through than it has told of.
    expect(statuses.filter((status) => status === 200).length).to.be.within(19, 20);
    expect(statuses.slice(20)).to.deep.equal(Array.from({ length: 20 }, () => 429));
    const other = await startConversation(b, { user: { id: 'dl_other' } });
    expect((await say(a, other)).status).to.equal(200);
  });

  it('G so is an address’s, and the answer says when to come again', async () => {
    const [here, there] = office;
    const talk = await startConversation(here, { user: { id: 'dl_office' } });
    expect([(await say(there, talk)).status, (await say(here, talk)).status]).to.deep.equal([200, 200]);
    for (const server of [there, here]) {
      const { status, headers, body } = await say(server, talk);
      expect([status, body.error.code]).to.deep.equal([429, 'TooManyRequests']);
      expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    }
  });

  it('C5 C7 a stream address is good for one socket on one process, also at the same moment', async () => {
    const talk = await startConversation(a, { user: { id: 'dl_ticket' } });
    expect(await connect(talk.streamUrl, b)).to.equal('open');
    expect(await connect(talk.streamUrl, a)).to.equal(403);
    expect(await connect(talk.streamUrl, b)).to.equal(403);
    for (let round = 0; round < 5; round++) {
      const url = await streamUrl(b, talk);
      const found = await Promise.all([a, b, a, b].map((server) => connect(url, server)));
      expect(found.sort()).to.deep.equal([403, 403, 403, 'open']);
    }
  });

  for (const minutes of [5, -5]) {
    it(`C7 stream addresses hold although one clock is ${minutes} minutes off`, async () => {
      b.clock.advance(minutes * 60_000);
      const talk = await startConversation(a, { user: { id: `dl_clock${minutes}` } });
      expect(await connect(talk.streamUrl, b)).to.equal('open');
      expect(await connect(await streamUrl(b, talk), a)).to.equal('open');
      b.clock.advance(-minutes * 60_000);
    });
  }
});

describe('Direct Line: the shared memory', function () {
  this.timeout(60_000);

  it('C7 a stream address is good for a minute', async () => {
    // Stands still, however long the sockets take.
    const clock = new FakeClock();
    const server = await startServer({ memory: createEmbeddedMemory(clock) });
    const [one, other] = [await startConversation(server), await startConversation(server)];
    clock.advance(59_999);
    expect(await connect(one.streamUrl, server)).to.equal('open');
    clock.advance(1);
    expect(await connect(other.streamUrl, server)).to.equal(403);
    await server.close();
  });

  it('while it is away no socket is opened, starts are told to come again, messages are taken', async () => {
    const { memory, state } = breakable(createEmbeddedMemory(new FakeClock()));
    const limits = {
      perUser: { max: 12, windowSeconds: 60 },
      perAddress: { max: 10_000, windowSeconds: 60 },
    };
    const server = await startServer({ memory, limits });
    const talk = await startConversation(server);
    const fresh = await call(server, '/tokens/generate', {
      bearer: SECRET,
      json: { user: { id: 'dl_new' } },
    });
    state.away = true;

    expect(await connect(talk.streamUrl, server)).to.equal(503);
    const start = await call(server, '/conversations', { bearer: fresh.body.token, method: 'POST' });
    expect([start.status, start.body.error.code]).to.deep.equal([429, 'ServerBusy']);
    const resumed = await call(server, `/conversations/${talk.id}`, { bearer: talk.token });
    expect([resumed.status, resumed.body.error.code]).to.deep.equal([503, 'ServiceUnavailable']);
    // Starting, resuming and ten messages are the twelve.
    const statuses: number[] = [];
    for (let n = 0; n < 14; n++)
      statuses.push((await post(server, talk, { type: 'message', text: 'x' })).status);
    expect(statuses).to.deep.equal([...Array.from({ length: 10 }, () => 200), 429, 429, 429, 429]);

    state.away = false;
    // Asked for, not taken: the address is as good as before.
    expect(await connect(talk.streamUrl, server)).to.equal('open');
    const again = await call(server, '/conversations', { bearer: fresh.body.token, method: 'POST' });
    // Opened before the memory was asked, so it is there already.
    expect(again.status).to.equal(200);
    await server.close();
    const told = server.logLines.filter((line) => line.includes('counted by each process'));
    expect(told).to.have.length(1);
  });
});

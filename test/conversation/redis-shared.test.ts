import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import type { ConversationStore, Wake } from '../../src/conversation/store.ts';
import { type Log, silent } from '../../src/domain/log.ts';
import { fromRoot } from '../../src/root.ts';
import { FakeClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const ID = 'shared';
const LEASE_MS = 10_000;
const incoming = (text: string) => ({ origin: 'customer' as const, activity: { type: 'message', text } });

/** What another process runs, with the same standing clock. Arguments: URL, conversation. */
const DYING_IN_ITS_TURN = `
  import { redisAt } from './src/conversation/redis/settings.ts';
  import { createRedisStore } from './src/conversation/redis/store.ts';
  import { silent } from './src/domain/log.ts';
  import { FakeClock } from './test/support/clock.ts';
  const [url, id] = process.argv.slice(1);
  const store = await createRedisStore({ redis: redisAt(url), clock: new FakeClock(), log: silent });
  await store.accept(id, { origin: 'customer', activity: { type: 'message', text: '你好' } });
  await store.claim(id, ${LEASE_MS});
  process.kill(process.pid, 'SIGKILL');
`;

describe('several Redis stores on one server', () => {
  let clock: FakeClock;
  let server: RedisServer;
  let a: ConversationStore;
  let b: ConversationStore;
  const openStore = (log: Log = silent) => createRedisStore({ redis: redisAt(server.url), clock, log });

  before(async () => {
    server = await startRedis();
  });
  after(() => server.stop());
  beforeEach(async () => {
    await server.ask('FLUSHALL');
    clock = new FakeClock();
    a = await openStore();
    b = await openStore();
    await a.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  });
  afterEach(() => Promise.all([a.close(), b.close()]));

  it('wake each other, with the entries and what is passing', async () => {
    const heard: Wake[] = [];
    const stop = await b.subscribe(ID, (wake) => heard.push(wake));
    const accepted = await a.accept(ID, incoming('你好 \u0000\ud800"/'));
    await a.pass(ID, { type: 'typing' });
    await eventually(() => expect(heard).to.have.length(2));
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
    expect(heard).to.deep.equal([
      { kind: 'appended', entries: [accepted.entry] },
      { kind: 'passing', activity: { type: 'typing' } },
    ]);
    await stop();
  });

  it('wake a listener that came while another was leaving', async () => {
    const heard: string[] = [];
    for (let round = 0; round < 20; round++) {
      const stop = await b.subscribe(ID, () => heard.push('first'));
      const [stopSecond] = await Promise.all([b.subscribe(ID, () => heard.push('second')), stop()]);
      heard.length = 0;
      await a.pass(ID, { type: 'typing' });
      await eventually(() => expect(heard).to.deep.equal(['second']));
      await stopSecond();
    }
    expect(await server.ask('PUBSUB', 'SHARDCHANNELS')).to.deep.equal([]);
  });

  it('give a conversation to one of them', async () => {
    for (let round = 0; round < 20; round++) {
      await a.accept(ID, incoming('你好'));
      const results = await Promise.all([a, b, a, b].map((store) => store.claim(ID, LEASE_MS)));
      expect(results.map((result) => result.kind).sort()).to.deep.equal(['busy', 'busy', 'busy', 'claimed']);
      clock.advance(LEASE_MS + 1);
    }
  });

  it('go on when the scripts were flushed', async () => {
    await a.accept(ID, incoming('一'));
    await server.ask('SCRIPT', 'FLUSH');
    expect((await a.accept(ID, incoming('二'))).kind).to.equal('accepted');
    expect((await b.claim(ID, LEASE_MS)).kind).to.equal('claimed');
  });

  it('find what another left unanswered, in any shard and beyond live leases', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => `left-${n}`);
    for (const id of ids) {
      await a.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
      await a.accept(id, incoming('你好'));
    }
    clock.advance(1_000);
    await a.claim('left-0', LEASE_MS);
    const found = await b.pending(500, 1_000);
    expect(found.sort()).to.deep.equal(ids.slice(1).sort());
    expect(await b.pending(500, 20)).to.have.length(20);
  });

  it('keep all keys of a conversation in one slot and let each of them expire', async () => {
    await a.accept(ID, { ...incoming('你好'), dedupeKey: 'k:1' });
    const keys = (await server.ask('KEYS', '*')) as string[];
    expect(keys).to.have.length(4);
    expect(new Set(keys.map((key) => /\{\d+\}/.exec(key)?.[0])).size).to.equal(1);
    const days = 24 * 3600;
    for (const key of keys.filter((key) => !key.endsWith(':pending'))) {
      const seconds = Number(await server.ask('TTL', key));
      expect(seconds).to.be.within(1, (key.includes(':d:') ? 1 : 30) * days);
      if (!key.includes(':d:')) expect(seconds).to.be.greaterThan(29 * days);
    }
  });

  it('take one step for a message and its claim, and one for its answer', async () => {
    const calls = async () => {
      const stats = String(await server.ask('INFO', 'commandstats'));
      const count = (name: string) =>
        Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
      return count('evalsha') + count('eval');
    };
    const turn = async (text: string) => {
      const accepted = await a.accept(ID, incoming(text), LEASE_MS);
      if (accepted.kind !== 'accepted' || !accepted.claim) throw new Error('not claimed');
      const { claim } = accepted;
      const seq = claim.messages[0]?.seq ?? 0;
      await a.commit(claim, { seq, state: {}, mode: 'bot', replies: [{ type: 'message', text: '您好' }] });
    };
    await turn('先把脚本送到服务器');
    const before = await calls();
    await turn('你好');
    expect((await calls()) - before).to.equal(2);
  });

  it('say which settings of the server lose messages', async () => {
    const lossy = await startRedis({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' });
    const warnings: string[] = [];
    const log = { ...silent, warn: (_: object, message: string) => warnings.push(message) };
    const store = await createRedisStore({ redis: redisAt(lossy.url), clock, log });
    await store.close();
    await lossy.stop();
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.contain('noeviction');
    expect(warnings[1]).to.contain('appendonly');
    await (await openStore(log)).close();
    expect(warnings).to.have.length(2);
  });

  it('refuse a step as a whole when the server is out of memory', async () => {
    await a.accept(ID, incoming('一'));
    const result = await a.claim(ID, LEASE_MS);
    if (result.kind !== 'claimed') throw new Error(result.kind);
    const turn = {
      seq: 1,
      state: { done: 1 },
      mode: 'bot' as const,
      replies: [{ type: 'message', text: '答' }],
    };
    await server.ask('CONFIG', 'SET', 'maxmemory', '1');
    const fault = await a.commit(result.claim, turn).catch((error: unknown) => error);
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    expect(fault).to.have.property('code', 'OOM');
    expect(await a.read(ID, 0, 10)).to.have.length(1);
    expect((await a.commit(result.claim, turn)).kind).to.equal('committed');
  });

  it('name the address they cannot connect to, without its password', async () => {
    const url = 'redis://user:geheim@127.0.0.1:1';
    const fault = await createRedisStore({ redis: redisAt(url), clock, log: silent }).catch(
      (error: unknown) => error,
    );
    expect(fault).to.have.property('name', 'RedisFault');
    expect(String(fault)).to.contain('127.0.0.1:1 (ECONNREFUSED)').and.not.contain('geheim');
  });

  it('are for several processes: one hears and takes over what another accepted before it was killed', async () => {
    const heard: Wake[] = [];
    await a.subscribe(ID, (wake) => heard.push(wake));
    const arguments_ = [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      DYING_IN_ITS_TURN,
      server.url,
      ID,
    ];
    const child = spawn(process.execPath, arguments_, {
      cwd: fromRoot(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).to.deep.equal([null, 'SIGKILL']);
    await eventually(() => expect(heard).to.have.nested.property('[0].entries[0].activity.text', '你好'));
    expect(await a.claim(ID, LEASE_MS)).to.deep.equal({ kind: 'busy' });
    clock.advance(LEASE_MS + 1);
    expect(await a.pending(0, 10)).to.deep.equal([ID]);
    const result = await a.claim(ID, LEASE_MS);
    expect(result).to.have.nested.property('claim.messages[0].attempts', 2);
  });
});

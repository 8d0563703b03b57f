import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { openConnection } from '../../src/conversation/redis/connection.ts';
import { RedisFault } from '../../src/conversation/redis/fault.ts';
import { createRedisMemory } from '../../src/conversation/redis/shared-memory.ts';
import { silent } from '../../src/domain/log.ts';
import { describeMemoryContract } from '../support/memory-contract.ts';
import { type RedisServer, startCluster, startRedis } from '../support/redis.ts';

/** As one process of the product has it with these settings. */
async function openMemory(variables: Record<string, string>) {
  const { redis } = readConfig(variables);
  if (!redis) throw new Error('no Redis');
  const connection = await openConnection({ settings: redis, log: silent, purpose: 'shared memory' });
  return { memory: createRedisMemory({ connection }), close: () => connection.close() };
}

async function twoOn(servers: { stop(): Promise<void> }, variables: Record<string, string>) {
  const [one, other] = [await openMemory(variables), await openMemory(variables)];
  return {
    memories: [one.memory, other.memory] as [typeof one.memory, typeof one.memory],
    passTime: () => undefined,
    async close() {
      await one.close();
      await other.close();
      await servers.stop();
    },
  };
}

describeMemoryContract('Redis', async () => {
  const server = await startRedis();
  return twoOn(server, { REDIS_URL: server.url });
});

describeMemoryContract('Redis Cluster', async () => {
  const servers = await startCluster();
  return twoOn(servers, { REDIS_CLUSTER_NODES: servers.nodes });
});

describe('shared memory on Redis', function () {
  this.timeout(60_000);
  let server: RedisServer;
  let opened: Awaited<ReturnType<typeof openMemory>>;
  before(async () => {
    server = await startRedis();
    opened = await openMemory({ REDIS_URL: server.url });
  });
  after(async () => {
    await opened.close();
    await server.stop();
  });

  const names = async () => (await server.ask('KEYS', '*')) as string[];

  it('leaves nothing that stays, and names neither user nor ticket', async () => {
    await opened.memory.put('stream-ticket:geheim', '{}', 60);
    await opened.memory.hit('user:dl_li', 1, 60_000);
    await opened.memory.hit('user:dl_li', 1, 60_000);
    const all = await names();
    expect(all).to.have.length(2);
    for (const name of all) {
      expect(name).to.match(/^unbind:\{\d+\}:(once|hits):[\w-]{43}$/);
      expect(Number(await server.ask('PTTL', name))).to.be.within(1, 60_000);
    }
  });

  it('gives a count that lost its end a new one', async () => {
    const [name = ''] = (await names()).filter((each) => each.includes(':hits:'));
    await server.ask('PERSIST', name);
    expect(await opened.memory.hit('user:dl_li', 1, 60_000)).to.deep.equal({ count: 3, resetMs: 60_000 });
    expect(Number(await server.ask('PTTL', name))).to.be.greaterThan(0);
  });

  it('throws a fault when something else lies under its name', async () => {
    const [name = ''] = (await names()).filter((each) => each.includes(':hits:'));
    await server.ask('SET', name, 'not a number');
    const error = await opened.memory.hit('user:dl_li', 1, 60_000).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(RedisFault);
  });

  it('throws a fault in time while Redis is away, and serves again afterwards', async () => {
    await server.signal('SIGKILL');
    const calls = [
      opened.memory.put('a', 'x', 60),
      opened.memory.take('a'),
      opened.memory.hit('a', 1, 60_000),
    ].map((call) => Promise.resolve(call).catch((thrown: unknown) => thrown));
    for (const outcome of await Promise.all(calls)) expect(outcome).to.be.instanceOf(RedisFault);
    await server.restart();
    await opened.memory.put('a', 'x', 60);
    expect(await opened.memory.take('a')).to.equal('x');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { type Log, silent } from '../../src/domain/log.ts';
import { makeCertificates } from '../support/certificates.ts';
import { startCluster, startRedis, startSentinel } from '../support/redis.ts';

const SECRET = 'sehr-geheim';

/** What the operator reads when the store cannot be made; nothing when it can. */
async function refusal(variables: Record<string, string>, log: Log = silent): Promise<string | undefined> {
  const { redis } = readConfig(variables);
  if (!redis) throw new Error('no Redis');
  try {
    const store = await createRedisStore({ redis, log });
    await store.close();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RedisFault') throw error;
    expect(error.message).to.not.contain(SECRET);
    return error.message;
  }
}

describe('the start of the Redis store', function () {
  this.timeout(120_000);

  it('names the setting with a wrong or missing password', async () => {
    const server = await startRedis({ requirepass: 'other' });
    const address = `127.0.0.1:${server.port}`;
    const withPassword = await refusal({ REDIS_URL: `redis://:${SECRET}@${address}` });
    expect(withPassword).to.contain(`${address} refused the user or password of REDIS_URL (WRONGPASS)`);
    expect(await refusal({ REDIS_URL: `redis://${address}` })).to.contain('REDIS_URL (NOAUTH)');
    expect(await refusal({ REDIS_URL: `redis://:other@${address}` })).to.equal(undefined);
    await server.stop();
  });

  it('refuses a certificate of an authority that is not given', async () => {
    const tls = makeCertificates();
    const server = await startRedis({}, tls);
    const REDIS_URL = server.url;
    const other = makeCertificates().caFile;
    expect(await refusal({ REDIS_URL }))
      .to.contain('is not trusted')
      .and.to.contain('REDIS_CA_FILE');
    expect(await refusal({ REDIS_URL, REDIS_CA_FILE: other })).to.contain('is not trusted');
    expect(await refusal({ REDIS_URL, REDIS_CA_FILE: tls.caFile })).to.equal(undefined);
    // Named differently than in its certificate.
    const renamed = REDIS_URL.replace('127.0.0.1', '127.0.0.2');
    expect(await refusal({ REDIS_URL: renamed, REDIS_CA_FILE: tls.caFile })).to.be.a('string');
    await server.stop();
  });

  it('refuses a replica', async () => {
    const master = await startRedis();
    const replica = await startRedis({ replicaof: `127.0.0.1 ${master.port}` });
    expect(await refusal({ REDIS_URL: replica.url }))
      .to.contain('is a replica')
      .and.to.contain('REDIS_URL');
    await Promise.all([master.stop(), replica.stop()]);
  });

  it('refuses a Redis that is too old', async () => {
    const old = await startOldRedis();
    expect(await refusal({ REDIS_URL: old.url }))
      .to.contain('Redis 6')
      .and.to.contain('version 7 or newer');
    old.close();
  });

  it('says that too few replicas are there', async () => {
    const server = await startRedis();
    const warnings: string[] = [];
    const log = { ...silent, warn: (_: object, message: string) => warnings.push(message) };
    expect(await refusal({ REDIS_URL: server.url, REDIS_WAIT_REPLICAS: '1' }, log)).to.equal(undefined);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('REDIS_WAIT_REPLICAS');
    await server.stop();
  });

  it('names what is wrong with the Sentinels', async () => {
    const servers = await startSentinel({ sentinelPassword: SECRET });
    const REDIS_URL = servers.url;
    const REDIS_SENTINEL_PASSWORD = SECRET;
    expect(await refusal({ REDIS_URL }))
      .to.contain('REDIS_SENTINEL_PASSWORD')
      .and.to.contain('NOAUTH');
    const unknown = await refusal({
      REDIS_URL: REDIS_URL.replace('/main', '/mian'),
      REDIS_SENTINEL_PASSWORD,
    });
    expect(unknown).to.contain('no Sentinel knows a master named mian');
    const away = await refusal({ REDIS_URL: 'redis+sentinel://127.0.0.1:1,127.0.0.1:2/main' });
    expect(away).to.contain('REDIS_URL').and.to.contain('127.0.0.1:1 (ECONNREFUSED)');
    const oneAway = REDIS_URL.replace(/:\/\/[^,]+/, '://127.0.0.1:1');
    expect(await refusal({ REDIS_URL: oneAway, REDIS_SENTINEL_PASSWORD })).to.equal(undefined);
    await servers.stop();
  });

  it('tells a Cluster and a single server from each other', async () => {
    const servers = await startCluster({ replicas: 0 });
    const [node] = servers.servers;
    expect(await refusal({ REDIS_URL: node?.url ?? '' })).to.contain('REDIS_CLUSTER_NODES');
    await servers.stop();
    const server = await startRedis();
    const alone = await refusal({ REDIS_CLUSTER_NODES: `127.0.0.1:${server.port}` });
    expect(alone).to.contain('is not part of a Cluster').and.to.contain('REDIS_CLUSTER_NODES');
    await server.stop();
    const gone = await refusal({ REDIS_CLUSTER_NODES: `127.0.0.1:${server.port}` });
    expect(gone).to.contain('ECONNREFUSED').and.to.contain('REDIS_CLUSTER_NODES');
  });
});

/** Says of itself that it is Redis 6, and nothing else. */
async function startOldRedis() {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const [, command] of String(data).matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        const name = command?.toUpperCase();
        if (name === 'INFO') socket.write('$21\r\nredis_version:6.2.14\r\n\r\n');
        else if (name === 'ROLE') socket.write('*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n');
        else if (name === 'HELLO') socket.write('*0\r\n');
        else socket.write('+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { url: `redis://127.0.0.1:${address.port}`, close: () => server.close() };
}

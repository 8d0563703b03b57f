import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { silent } from '../../src/domain/log.ts';
import { makeCertificates } from '../support/certificates.ts';
import type { FakeClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { startCluster, startRedis, startSentinel } from '../support/redis.ts';
import { describeStoreContract } from '../support/store-contract.ts';

/** The store as the product makes it from these settings. */
async function storeOn(
  servers: { stop(): Promise<void> },
  clock: FakeClock,
  variables: Record<string, string>,
) {
  const { redis } = readConfig(variables);
  if (!redis) throw new Error('no Redis');
  const store = await createRedisStore({ redis, clock, log: silent });
  return {
    store,
    async close() {
      await store.close();
      await servers.stop();
    },
  };
}

describeStoreContract('Redis', async (clock) => {
  const server = await startRedis();
  return storeOn(server, clock, { REDIS_URL: server.url });
});

describeStoreContract('Redis with a user, a password and TLS', async (clock) => {
  const tls = makeCertificates();
  const server = await startRedis({ user: 'bot on >ge:heim/1 ~* &* +@all', requirepass: 'other' }, tls);
  const url = server.url.replace('//', `//bot:${encodeURIComponent('ge:heim/1')}@`);
  return storeOn(server, clock, { REDIS_URL: `${url}/3`, REDIS_CA_FILE: tls.caFile });
});

// A cluster node refuses a step whose keys are not all in one slot.
describeStoreContract('Redis as a cluster node', async (clock) => {
  const server = await startRedis({ 'cluster-enabled': 'yes' });
  await server.ask('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await eventually(async () => expect(await server.ask('CLUSTER', 'INFO')).to.contain('cluster_state:ok'));
  return storeOn(server, clock, { REDIS_URL: server.url });
});

describeStoreContract('Redis behind Sentinels', async (clock) => {
  const servers = await startSentinel();
  return storeOn(servers, clock, { REDIS_URL: servers.url });
});

describeStoreContract('Redis Cluster', async (clock) => {
  const servers = await startCluster();
  return storeOn(servers, clock, { REDIS_CLUSTER_NODES: servers.nodes });
});

describeStoreContract('Redis Cluster with TLS', async (clock) => {
  const tls = makeCertificates();
  const servers = await startCluster({ tls });
  return storeOn(servers, clock, { REDIS_CLUSTER_NODES: servers.nodes, REDIS_CA_FILE: tls.caFile });
});

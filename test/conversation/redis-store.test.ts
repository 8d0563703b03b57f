import { expect } from 'chai';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { silent } from '../../src/domain/log.ts';
import type { FakeClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { describeStoreContract } from '../support/store-contract.ts';

async function storeOn(server: RedisServer, clock: FakeClock) {
  const store = await createRedisStore({ redis: redisAt(server.url), clock, log: silent });
  return {
    store,
    async close() {
      await store.close();
      await server.stop();
    },
  };
}

describeStoreContract('Redis', async (clock) => storeOn(await startRedis(), clock));

// A cluster node refuses a step whose keys are not all in one slot.
describeStoreContract('Redis as a cluster node', async (clock) => {
  const server = await startRedis({ 'cluster-enabled': 'yes' });
  await server.ask('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await eventually(async () => expect(await server.ask('CLUSTER', 'INFO')).to.contain('cluster_state:ok'));
  return storeOn(server, clock);
});

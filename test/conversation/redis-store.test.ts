import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { silent } from '../../src/domain/log.ts';
import { startRedis } from '../support/redis.ts';
import { describeStoreContract } from '../support/store-contract.ts';

describeStoreContract('Redis', async (clock) => {
  const server = await startRedis();
  const store = await createRedisStore({ url: server.url, clock, log: silent });
  return {
    store,
    async close() {
      await store.close();
      await server.stop();
    },
  };
});

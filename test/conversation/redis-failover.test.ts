import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { createKeys } from '../../src/conversation/redis/keys.ts';
import { slotOf } from '../../src/conversation/redis/slots.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import type { ConversationStore, Wake } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { eventually } from '../support/eventually.ts';
import {
  type RedisCluster,
  type RedisSentinel,
  type RedisServer,
  startCluster,
  startSentinel,
} from '../support/redis.ts';

const PATIENCE_MS = 60_000;
const keys = createKeys('unbind');
const slotOfConversation = (id: string) => slotOf(keys.of(id).conversation);
const incoming = (text: string, dedupeKey?: string) => ({
  origin: 'customer' as const,
  activity: { type: 'message', text },
  dedupeKey,
});

async function storeOn(variables: Record<string, string>): Promise<ConversationStore> {
  const { redis } = readConfig(variables);
  if (!redis) throw new Error('no Redis');
  return createRedisStore({ redis, log: silent });
}

/** Sends one message after another, each again until it is acknowledged, as clients do. */
function talk(store: ConversationStore, id: string) {
  const acknowledged: string[] = [];
  let isOver = false;
  const done = (async () => {
    for (let n = 1; !isOver; n++) {
      const text = `第${n}条`;
      await eventually(() => store.accept(id, incoming(text, text)), PATIENCE_MS);
      acknowledged.push(text);
    }
  })();
  return {
    acknowledged,
    async end() {
      isOver = true;
      await done;
    },
  };
}

/** What holds before and after a failover, whatever brought it about. */
async function expectSurvives(
  store: ConversationStore,
  id: string,
  failover: () => Promise<unknown>,
): Promise<void> {
  await store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  const heard: Wake[] = [];
  const stop = await store.subscribe(id, (wake) => heard.push(wake));
  const talking = talk(store, id);
  const { acknowledged } = talking;
  await eventually(() => acknowledged.length > 50, PATIENCE_MS);
  await failover();
  const soFar = acknowledged.length;
  await eventually(() => acknowledged.length > soFar + 50, PATIENCE_MS);
  await talking.end();

  const texts = (await store.read(id, 0, 100_000)).map((entry) => entry.activity.text);
  expect(texts).to.deep.equal(acknowledged);
  const claim = await store.claim(id, 10_000);
  expect(claim).to.have.nested.property('claim.messages.length', acknowledged.length);
  heard.length = 0;
  await store.append(id, 'agent', [{ type: 'message', text: '还在吗' }]);
  await eventually(() => {
    const last = heard.at(-1);
    expect(last).to.have.nested.property('entries[0].activity.text', '还在吗');
  }, PATIENCE_MS);
  await stop();
}

describe('the Redis store when another master takes over', function () {
  this.timeout(180_000);

  describe('chosen by Sentinels', () => {
    let servers: RedisSentinel;
    let store: ConversationStore;

    beforeEach(async () => {
      servers = await startSentinel();
      store = await storeOn({ REDIS_URL: servers.url });
    });
    afterEach(async () => {
      await store.close();
      await servers.stop();
    });

    it('loses nothing and goes on by itself after an ordered failover', () =>
      expectSurvives(store, 'ordered', () => servers.failOver()));

    it('loses nothing that all replicas have when the old master goes on for a while', async () => {
      const careful = await storeOn({ REDIS_URL: servers.url, REDIS_WAIT_REPLICAS: '2' });
      try {
        await expectSurvives(careful, 'careful', () => servers.failOver(false));
      } finally {
        await careful.close();
      }
    });

    it('loses nothing and goes on by itself after the master was killed', () =>
      expectSurvives(store, 'killed', async () => (await servers.master()).signal('SIGKILL')));

    it('loses nothing and goes on by itself after the master hung', async () => {
      const master = await servers.master();
      await expectSurvives(store, 'hung', () => master.signal('SIGSTOP'));
    });

    it('tells subscribers what they missed', async () => {
      await store.open({ id: 'missed', channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
      const heard: Wake[] = [];
      await store.subscribe('missed', (wake) => heard.push(wake));
      await (await servers.master()).signal('SIGKILL');
      // Written by a process that is quicker to find the new master.
      await eventually(async () => {
        const other = await storeOn({ REDIS_URL: servers.url });
        try {
          await other.accept('missed', incoming('在吗', 'k1'));
        } finally {
          await other.close();
        }
      }, PATIENCE_MS);
      await eventually(
        () => expect(heard).to.have.nested.property('[0].entries[0].activity.text', '在吗'),
        PATIENCE_MS,
      );
    });

    it('is not ready while there is no master', async () => {
      await store.ping();
      await Promise.all(servers.servers.map((server) => server.signal('SIGKILL')));
      const fault = await store.ping().catch((error: unknown) => error);
      expect(fault).to.have.property('name', 'RedisFault');
    });
  });

  describe('in a Cluster', () => {
    let servers: RedisCluster;
    let store: ConversationStore;

    beforeEach(async () => {
      servers = await startCluster();
      store = await storeOn({ REDIS_CLUSTER_NODES: servers.nodes });
    });
    afterEach(async () => {
      await store.close();
      await servers.stop();
    });

    it('loses nothing and goes on by itself after the master was killed', () =>
      expectSurvives(store, 'killed', async () => {
        const slot = slotOfConversation('killed');
        const master = await servers.masterOf(slot);
        await master.signal('SIGKILL');
        await eventually(
          async () => expect((await servers.masterOf(slot)).port).to.not.equal(master.port),
          PATIENCE_MS,
        );
        // Its successor has no other replica, and one is awaited.
        await master.restart();
      }));

    it('loses nothing and goes on by itself after an ordered failover', () =>
      expectSurvives(store, 'ordered', async () => {
        const before = await servers.masterOf(slotOfConversation('ordered'));
        const id = String(await before.ask('CLUSTER', 'MYID'));
        for (const server of servers.servers) {
          const nodes = String(await server.ask('CLUSTER', 'NODES'));
          if (new RegExp(`myself,slave ${id} `).test(nodes)) await server.ask('CLUSTER', 'FAILOVER');
        }
        await eventually(async () => {
          expect((await servers.masterOf(slotOfConversation('ordered'))).port).to.not.equal(before.port);
        }, PATIENCE_MS);
      }));

    it('loses nothing while the slot of a conversation moves to another master', async () => {
      const slot = slotOfConversation('moving');
      await expectSurvives(store, 'moving', async () => {
        const from = await servers.masterOf(slot);
        const to = await servers.masterOf((slot + 8192) % 16_384);
        const end = await move(slot, from, to);
        await end();
      });
      const to = await servers.masterOf(slot);
      expect(await to.ask('CLUSTER', 'COUNTKEYSINSLOT', String(slot))).to.be.greaterThan(0);
    });

    it('reads a conversation whose keys have moved before their slot, and writes once that has, too', async () => {
      const id = 'ahead';
      const slot = slotOfConversation(id);
      await store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
      const [from, to] = [await servers.masterOf(slot), await servers.masterOf((slot + 8192) % 16_384)];
      await to.ask('SCRIPT', 'FLUSH');
      await store.accept(id, incoming('你好'));
      const end = await move(slot, from, to);
      expect(await store.find(id)).to.have.property('lastSeq', 1);
      expect(await store.read(id, 0, 10)).to.have.length(1);
      // Redis takes no command with several keys while some of them may be elsewhere.
      const accepting = store.accept(id, incoming('在吗'));
      await end();
      expect(await accepting).to.have.property('kind', 'accepted');
    });

    it('keeps conversations on all masters', async () => {
      const ids = Array.from({ length: 300 }, (_, n) => `spread-${n}`);
      await Promise.all(
        ids.map(async (id) => {
          await store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
          await store.accept(id, incoming('你好'));
        }),
      );
      const sizes = await Promise.all(servers.servers.map((server) => server.ask('DBSIZE')));
      const shares = sizes.map((size) => Number(size) / sizes.reduce<number>((sum, n) => sum + Number(n), 0));
      for (const share of shares) expect(share).to.be.greaterThan(0.1);
      expect((await store.pending(-60_000, 1_000)).sort()).to.deep.equal(ids.sort());
    });
  });
});

/** Moves the keys of a slot as `redis-cli --cluster reshard` does; what is returned ends the move. */
async function move(slot: number, from: RedisServer, to: RedisServer): Promise<() => Promise<void>> {
  const [fromId, toId] = [String(await from.ask('CLUSTER', 'MYID')), String(await to.ask('CLUSTER', 'MYID'))];
  await to.ask('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', fromId);
  await from.ask('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', toId);
  await eventually(async () => {
    const names = (await from.ask('CLUSTER', 'GETKEYSINSLOT', String(slot), '100')) as string[];
    for (const name of names) await from.ask('MIGRATE', '127.0.0.1', String(to.port), name, '0', '5000');
    expect(names).to.have.length(0);
  }, PATIENCE_MS);
  return async () => {
    await to.ask('CLUSTER', 'SETSLOT', String(slot), 'NODE', toId);
    await from.ask('CLUSTER', 'SETSLOT', String(slot), 'NODE', toId);
  };
}

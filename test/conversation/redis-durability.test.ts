import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import type { ConversationStore, Wake } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const ID = 'durable';
const PATIENCE_MS = 30_000;
const incoming = (text: string, dedupeKey?: string) => ({
  origin: 'customer' as const,
  activity: { type: 'message', text },
  dedupeKey,
});

describe('the Redis store when replicas are awaited', function () {
  this.timeout(60_000);
  let master: RedisServer;
  let replica: RedisServer;
  let store: ConversationStore;

  beforeEach(async () => {
    const settings = { 'repl-diskless-sync-delay': '0' };
    master = await startRedis(settings);
    replica = await startRedis({ ...settings, replicaof: `127.0.0.1 ${master.port}` });
    await eventually(
      async () => expect(await master.ask('INFO', 'replication')).to.contain('state=online'),
      PATIENCE_MS,
    );
    const { redis } = readConfig({ REDIS_URL: master.url, REDIS_WAIT_REPLICAS: '1' });
    if (!redis) throw new Error('no Redis');
    store = await createRedisStore({ redis, log: silent });
    await store.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  });
  afterEach(async () => {
    await replica.signal('SIGCONT');
    await store.close();
    await Promise.all([master.stop(), replica.stop()]);
  });

  const faultOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'no fault',
      (error: unknown) => error,
    );

  it('has every acknowledged message on the replica', async () => {
    for (let n = 1; n <= 20; n++) {
      await store.accept(ID, incoming(`第${n}条`));
      const [name] = ((await replica.ask('KEYS', '*:l:*')) as string[]) ?? [];
      expect(await replica.ask('XLEN', String(name))).to.equal(n);
    }
  });

  it('waits once for all messages that come together', async () => {
    const waits = async () => {
      const stats = String(await master.ask('INFO', 'commandstats'));
      return Number(/cmdstat_wait:calls=(\d+)/.exec(stats)?.[1] ?? 0);
    };
    const before = await waits();
    await Promise.all(Array.from({ length: 100 }, (_, n) => store.accept(ID, incoming(`第${n}条`))));
    expect((await waits()) - before).to.be.within(1, 20);
  });

  it('acknowledges nothing that no replica has, not even a repeated message, until one has it', async () => {
    await replica.signal('SIGSTOP');
    const first = await faultOf(store.accept(ID, incoming('在吗', 'k1')));
    expect(first).to.have.property('code', 'REPLICAS');
    expect(String(first)).to.contain('REDIS_WAIT_REPLICAS').and.not.contain('在吗');
    expect(await faultOf(store.accept(ID, incoming('在吗', 'k1')))).to.have.property('code', 'REPLICAS');
    await replica.signal('SIGCONT');
    await eventually(async () => {
      const again = await store.accept(ID, incoming('在吗', 'k1'));
      expect(again).to.have.property('kind', 'duplicate');
    }, PATIENCE_MS);
    expect(await store.read(ID, 0, 10)).to.have.length(1);
  });

  it('gives back the lease and the attempt of a claim that was refused', async () => {
    await replica.signal('SIGSTOP');
    for (let n = 0; n < 3; n++) {
      const fault = await faultOf(store.accept(ID, incoming(`第${n}条`), 60_000));
      expect(fault).to.have.property('code', 'REPLICAS');
      expect(await faultOf(store.claim(ID, 60_000))).to.have.property('code', 'REPLICAS');
    }
    await replica.signal('SIGCONT');
    await eventually(async () => {
      const result = await store.claim(ID, 60_000);
      if (result.kind !== 'claimed') throw new Error(result.kind);
      expect(result.claim.messages.map(({ attempts }) => attempts)).to.deep.equal([1, 0, 0]);
    }, PATIENCE_MS);
  });

  it('answers what only reads while replicas are away', async () => {
    await replica.signal('SIGSTOP');
    const refused = faultOf(store.accept(ID, incoming('在吗')));
    expect(await store.find(ID)).to.have.property('lastSeq');
    await store.ping();
    expect(await refused).to.have.property('code', 'REPLICAS');
  });

  it('wakes others only once a replica has it, with the entries', async () => {
    const heard: Wake[] = [];
    await store.subscribe(ID, (wake) => heard.push(wake));
    await store.append(ID, 'agent', [
      { type: 'message', text: '一' },
      { type: 'message', text: '二' },
    ]);
    await eventually(() => expect(heard).to.have.length(1), PATIENCE_MS);
    expect(heard[0]).to.deep.equal({ kind: 'appended', entries: await store.read(ID, 0, 10) });
    heard.length = 0;
    await replica.signal('SIGSTOP');
    const refused = faultOf(store.append(ID, 'agent', [{ type: 'message', text: '三' }]));
    expect(await refused).to.have.property('code', 'REPLICAS');
    expect(heard).to.deep.equal([]);
  });

  it('tells others in the end what its writer could not tell', async () => {
    const heard: Wake[] = [];
    await store.subscribe(ID, (wake) => heard.push(wake));
    await replica.signal('SIGSTOP');
    expect(await faultOf(store.accept(ID, incoming('在吗')))).to.have.property('code', 'REPLICAS');
    await eventually(
      () => expect(heard).to.have.nested.property('[0].entries[0].activity.text', '在吗'),
      PATIENCE_MS,
    );
    expect(heard).to.have.length(1);
  });
});

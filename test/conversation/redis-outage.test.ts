import { expect } from 'chai';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import type { ConversationStore, Wake } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { FakeClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type Network, type RedisServer, startNetwork, startRedis } from '../support/redis.ts';

const ID = 'outage';
/** Above the 3 s that a call may take, below any patience of TCP. */
const BOUND_MS = 20_000;

const incoming = (text: string, dedupeKey?: string) => ({
  origin: 'customer' as const,
  activity: { type: 'message', text },
  dedupeKey,
});

describe('the Redis store while Redis is away', function () {
  this.timeout(60_000);
  const said: string[] = [];
  const log = {
    ...silent,
    error: (_: object, message: string) => said.push(message),
  };
  let server: RedisServer;
  let store: ConversationStore;

  beforeEach(async () => {
    said.length = 0;
    server = await startRedis();
    store = await createRedisStore({ redis: redisAt(server.url), clock: new FakeClock(), log });
    await store.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
  });
  afterEach(async () => {
    await server.signal('SIGCONT');
    await store.close();
    await server.stop();
  });

  const texts = async () => (await store.read(ID, 0, 1000)).map((entry) => entry.activity.text);

  /** The fault of a call, which has to come in bounded time. */
  async function faultOf(call: () => Promise<unknown>): Promise<Error> {
    const began = performance.now();
    const fault = await call().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(performance.now() - began).to.be.lessThan(BOUND_MS);
    if (!(fault instanceof Error)) throw new Error('the call did not fail');
    return fault;
  }

  it('has everything acknowledged after the server was killed, and comes back by itself', async () => {
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let n = 1; ; n++) {
        await store.accept(ID, incoming(`第${n}条`));
        acknowledged.push(`第${n}条`);
      }
    })().catch(() => undefined);
    await eventually(() => acknowledged.length > 50);
    await server.signal('SIGKILL');
    await writing;
    await server.restart();
    await eventually(() => store.ping());
    // One more may be there: written, but killed before it was acknowledged.
    expect((await texts()).slice(0, acknowledged.length)).to.deep.equal(acknowledged);
    const claim = await store.claim(ID, 10_000);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    expect(claim.claim.messages.length).to.be.at.least(acknowledged.length);
  });

  it('fails in bounded time without saying what was in the call, and says once that it is away', async () => {
    await server.signal('SIGKILL');
    const fault = await faultOf(() => store.accept(ID, incoming('我的卡号6222')));
    expect(fault.name).to.equal('RedisFault');
    expect(fault.message)
      .to.contain('accept')
      .and.not.match(/6222|outage/);
    expect(fault.cause).to.equal(undefined);
    await Promise.all([
      faultOf(() => store.claim(ID, 10_000)),
      faultOf(() => store.read(ID, 0, 10)),
      faultOf(() => store.pending(0, 10)),
      faultOf(() => store.ping()),
      faultOf(() => store.subscribe(ID, () => undefined)),
    ]);
    expect(said).to.deep.equal(['connection to Redis lost', 'connection to Redis lost']);
  });

  it('fails in bounded time when Redis is there but silent, and works again afterwards', async () => {
    await server.signal('SIGSTOP');
    const fault = await faultOf(() => store.accept(ID, incoming('你好', 'k1')));
    expect(fault.message).to.contain('no answer within 3000 ms');
    await faultOf(() => store.ping());
    await server.signal('SIGCONT');
    await eventually(() => store.ping(), 20_000);
    // Sent again, as clients do: whether the first came through or not, it is there once.
    await store.accept(ID, incoming('你好', 'k1'));
    expect(await texts()).to.deep.equal(['你好']);
  });

  it('does not do later what it said had failed', async () => {
    await server.signal('SIGKILL');
    await faultOf(() => store.append(ID, 'agent', [{ type: 'message', text: '您好' }]));
    await server.restart();
    await eventually(() => store.ping());
    expect(await texts()).to.deep.equal([]);
  });

  it('connects anew when its server has become a replica', async () => {
    await server.ask('REPLICAOF', '127.0.0.1', '1');
    const fault = await faultOf(() => store.accept(ID, incoming('你好')));
    expect(fault).to.have.property('code', 'READONLY');
    expect(said).to.deep.equal(['connection to Redis lost']);
    await server.ask('REPLICAOF', 'NO', 'ONE');
    await eventually(() => store.ping());
    expect((await store.accept(ID, incoming('你好'))).kind).to.equal('accepted');
  });

  describe('or the network to it fails', () => {
    let network: Network;
    let distant: ConversationStore;

    beforeEach(async () => {
      network = await startNetwork(server.url);
      distant = await createRedisStore({ redis: redisAt(network.url), clock: new FakeClock(), log });
    });
    afterEach(async () => {
      await distant.close();
      await network.close();
    });

    it('leaves connections that carry nothing any more', async () => {
      network.freeze();
      await faultOf(() => distant.accept(ID, incoming('你好', 'k1')));
      await eventually(async () => expect(await distant.read(ID, 0, 10)).to.have.length(0), 2_000);
      expect((await distant.accept(ID, incoming('你好', 'k1'))).kind).to.equal('accepted');
    });

    it('tells subscribers afterwards what they missed, and wakes them as before', async () => {
      const heard: Wake[] = [];
      await distant.subscribe(ID, (wake) => heard.push(wake));
      network.cut();
      await store.accept(ID, incoming('在吗'));
      network.mend();
      await eventually(() => expect(heard).to.have.nested.property('[0].entries[0].activity.text', '在吗'));
      await store.accept(ID, incoming('还在吗'));
      await eventually(() => expect(heard).to.have.nested.property('[1].entries[0].activity.text', '还在吗'));
    });

    it('notices by itself that a subscription carries nothing any more', async () => {
      const heard: Wake[] = [];
      await distant.subscribe(ID, (wake) => heard.push(wake));
      network.freeze();
      await store.accept(ID, incoming('在吗'));
      await eventually(() => expect(heard).to.have.length(1), 15_000);
    });
  });

  it('closes in bounded time while Redis is away', async () => {
    await server.signal('SIGKILL');
    const began = performance.now();
    await store.close();
    expect(performance.now() - began).to.be.lessThan(BOUND_MS);
  });
});

import { expect } from 'chai';
import { boundStore } from '../../src/channels/direct-line/bounded-store.ts';
import { redisAt } from '../../src/conversation/redis/settings.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { createTurnRunner, type TurnRunner } from '../../src/conversation/runner.ts';
import type { ConversationStore } from '../../src/conversation/store.ts';
import { silent } from '../../src/domain/log.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const PASSWORD = 'geheim-6222';
const ID = 'refused';
const PATIENCE_MS = 60_000;
const incoming = (text: string) => ({ origin: 'customer' as const, activity: { type: 'message', text } });

interface Told {
  message: string;
  err?: Error;
  code?: string;
  explanation?: string;
}

describe('a Redis that refuses what it is asked', function () {
  this.timeout(120_000);
  const told: Told[] = [];
  const log = {
    ...silent,
    error: (details: object, message: string) => void told.push({ ...details, message }),
  };
  let server: RedisServer;
  let store: ConversationStore;
  let runner: TurnRunner;
  let turn: () => Promise<void>;

  const urlOf = () => server.url.replace('//', `//app:${PASSWORD}@`);
  const connect = () => createRedisStore({ redis: redisAt(urlOf()), log });
  const user = (...rules: string[]) => server.ask('ACL', 'SETUSER', 'app', ...rules);

  beforeEach(async () => {
    told.length = 0;
    turn = async () => undefined;
    server = await startRedis();
    await user('on', `>${PASSWORD}`, '~*', '&*', '+@all');
    store = await connect();
    await store.open({ id: ID, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
    runner = createTurnRunner({
      store,
      log,
      typing: { type: 'typing' },
      sweepMs: 100,
      async runTurn(claim, message) {
        await turn();
        const text = `答${message.activity.text}`;
        return { state: {}, mode: claim.mode, replies: [{ type: 'message', text }] };
      },
    });
    await runner.start();
  });
  afterEach(async () => {
    await runner.stop();
    await store.close();
    await server.stop();
  });

  const texts = async () => (await store.read(ID, 0, 100)).map(({ activity }) => activity.text);
  async function faultOf(call: () => Promise<unknown>): Promise<Error> {
    const fault = await call().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(fault instanceof Error)) throw new Error('it did not fail');
    expect(fault.message).to.not.contain(PASSWORD);
    return fault;
  }

  it('for want of memory takes no message, answers what it has taken once there is some, and says so once', async () => {
    turn = async () => {
      await server.ask('CONFIG', 'SET', 'maxmemory', '1');
    };
    await runner.accept(ID, incoming('一'));
    await eventually(() => expect(told).to.have.length(1), PATIENCE_MS);
    expect(told[0]?.err?.message).to.contain('maxmemory').and.contain('OOM');
    const bounded = boundStore({ ...store, accept: runner.accept }, 5_000);
    const refusal = await bounded.accept(ID, incoming('二')).catch((error: unknown) => error);
    expect(refusal).to.deep.include({ statusCode: 503, retryAfterSeconds: 20 });
    // What is stored can be read, and the process stays in service for it.
    expect(await texts()).to.deep.equal(['一']);
    await store.ping();
    // The commit first, then the claims that were to do it again.
    await eventually(() => expect(told).to.have.length(2), PATIENCE_MS);
    turn = async () => undefined;
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    await eventually(async () => expect(await texts()).to.deep.equal(['一', '答一']), PATIENCE_MS);
    expect(told.filter(({ err }) => err?.message.includes('OOM'))).to.have.length(2);
  });

  it('because of its ACL names the setting at the first step', async () => {
    await user('-evalsha');
    const fault = await faultOf(() => store.accept(ID, incoming('一')));
    expect(fault).to.have.property('code', 'NOPERM');
    expect(fault.message).to.contain('REDIS_URL').and.contain('ACL');
    await user('+evalsha', '-hset');
    expect(await faultOf(() => store.accept(ID, incoming('一')))).to.have.property('code', 'NOPERM');
  });

  it('because of its ACL is not started on, and the commands it lacks are named', async () => {
    await user('-xadd', '-zrem');
    const fault = await faultOf(connect);
    expect(fault).to.have.property('name', 'RedisFault');
    expect(fault.message).to.contain('XADD, ZREM').and.contain('unbind:');
    await user('+@all', 'resetkeys', '~other:*');
    expect((await faultOf(connect)).message)
      .to.contain('HSET')
      .and.contain('unbind:');
    await user('~unbind:*');
    await (await connect()).close();
  });

  it('after its password was changed names the setting, in the log too, and is there again with the old one', async () => {
    await user('resetpass', '>another');
    await server.ask('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await eventually(async () => {
      const fault = await faultOf(() => store.accept(ID, incoming('一')));
      expect(fault).to.have.property('code', 'WRONGPASS');
      expect(fault.message).to.contain('REDIS_URL');
    }, PATIENCE_MS);
    await faultOf(() => store.ping());
    const refusals = told.filter(({ code }) => code === 'WRONGPASS');
    expect(refusals[0]?.explanation).to.contain('REDIS_URL').and.not.contain(PASSWORD);
    expect(refusals.length).to.be.within(1, 2);
    await user('resetpass', `>${PASSWORD}`);
    await eventually(() => store.ping(), PATIENCE_MS);
    expect((await store.accept(ID, incoming('一'))).kind).to.equal('accepted');
  });

  it('as a replica names the setting and what is wrong with it', async () => {
    await server.ask('REPLICAOF', '127.0.0.1', '1');
    const fault = await faultOf(() => store.accept(ID, incoming('一')));
    expect(fault).to.have.property('code', 'READONLY');
    expect(fault.message).to.contain('REDIS_URL').and.contain('replica');
    await server.ask('REPLICAOF', 'NO', 'ONE');
    await eventually(() => store.ping(), PATIENCE_MS);
  });
});

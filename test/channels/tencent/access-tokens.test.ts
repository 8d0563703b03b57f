import { expect } from 'chai';
import { createAccessTokens } from '../../../src/channels/tencent/access-tokens.ts';
import type { ApiResult } from '../../../src/channels/tencent/outcome.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { openConnection } from '../../../src/conversation/redis/connection.ts';
import { parseRedisUrl, redisSettings } from '../../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../../src/conversation/redis/shared-memory.ts';
import { silent } from '../../../src/domain/log.ts';
import type { SharedMemory } from '../../../src/domain/shared-memory.ts';
import { FakeClock } from '../../support/clock.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { PlatformTokens } from '../../support/tencent/tokens.ts';

type Fetched = ApiResult<{ token: string; expiresInSeconds: number }>;

const tokenIn = (result: ApiResult<string>) => (result.kind === 'done' ? result.value : result.kind);

/** Processes that share a memory and a platform. */
function processes(count: number, memoryOf: (n: number) => SharedMemory, clock: FakeClock) {
  const platform = new PlatformTokens(clock);
  const state = { fetch: undefined as ((force: boolean) => Promise<Fetched>) | undefined };
  const fromPlatform = async (force: boolean): Promise<Fetched> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { access_token: token, expires_in: expiresInSeconds } = platform.issue(force);
    return { kind: 'done', value: { token, expiresInSeconds } };
  };
  const all = Array.from({ length: count }, (_, n) =>
    createAccessTokens({
      memory: memoryOf(n),
      key: 'wechat:wx1',
      clock,
      log: silent,
      fetchToken: (force) => (state.fetch ?? fromPlatform)(force),
    }),
  );
  const first = all[0];
  if (!first) throw new Error('no process');
  return { platform, all, first, state };
}

describe('access tokens', () => {
  let clock: FakeClock;
  const sharing = (count: number) => {
    clock = new FakeClock();
    const memory = createEmbeddedMemory(clock);
    return processes(count, () => memory, clock);
  };

  it('are fetched once by all who need one at the same moment', async () => {
    const { platform, all } = sharing(10);
    const got = await Promise.all([...all, ...all].map((it) => it.current()));
    expect(new Set(got.map(tokenIn)).size).to.equal(1);
    expect(platform.calls).to.equal(1);
    await Promise.all(all.map((it) => it.current()));
    expect(platform.calls).to.equal(1);
  });

  it('that are refused are replaced by one call of all', async () => {
    const { platform, all, first } = sharing(10);
    const old = tokenIn(await first.current());
    platform.expire();
    const got = await Promise.all(all.map((it) => it.instead(old)));
    const [fresh, ...others] = new Set(got.map(tokenIn));
    expect(others).to.deep.equal([]);
    expect(platform.faultOf(fresh)).to.equal(undefined);
    expect(platform.calls).to.equal(2);
  });

  it('that are good are not thrown away for an old one that is refused late', async () => {
    const { platform, all, first } = sharing(2);
    const old = tokenIn(await first.current());
    platform.expire();
    const fresh = tokenIn(await first.instead(old));
    expect(tokenIn((await all[1]?.instead(old)) ?? { kind: 'unreachable' })).to.equal(fresh);
    expect(platform.calls).to.equal(2);
  });

  it('are renewed five minutes before their end, by one, while the others go on with the old one', async () => {
    const { platform, all, first, state } = sharing(5);
    const old = tokenIn(await first.current());
    clock.advance(7_200_000 - 299_000);
    let answer: (fetched: Fetched) => void = () => undefined;
    state.fetch = () =>
      new Promise<Fetched>((resolve) => {
        answer = resolve;
      });
    const renewing = first.current();
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const other of all.slice(1)) expect(tokenIn(await other.current())).to.equal(old);
    const { access_token: token, expires_in: expiresInSeconds } = platform.issue(false);
    answer({ kind: 'done', value: { token, expiresInSeconds } });
    expect(tokenIn(await renewing)).to.equal(token);
    for (const other of all) expect(tokenIn(await other.current())).to.equal(token);
  });

  it('stay in use while they are good and no other is to be had', async () => {
    const { first, state } = sharing(1);
    const old = tokenIn(await first.current());
    clock.advance(7_200_000 - 299_000);
    state.fetch = async () => ({ kind: 'unknown', why: 'timeout' });
    expect(tokenIn(await first.current())).to.equal(old);
    clock.advance(300_000);
    expect(await first.current()).to.deep.equal({ kind: 'unknown', why: 'timeout' });
  });

  it('that last longer are not replaced by the answer of a slow call', async () => {
    const { all, first, state } = sharing(2);
    const other = all[1];
    let answer: (fetched: Fetched) => void = () => undefined;
    state.fetch = () =>
      new Promise<Fetched>((resolve) => {
        answer = resolve;
      });
    const slow = first.current();
    await new Promise((resolve) => setTimeout(resolve, 5));
    // The lock of who waits so long has run out.
    clock.advance(13_000);
    const answerSlow = answer;
    state.fetch = async () => ({ kind: 'done', value: { token: 'quick', expiresInSeconds: 7_200 } });
    expect(tokenIn((await other?.current()) ?? { kind: 'unreachable' })).to.equal('quick');
    answerSlow({ kind: 'done', value: { token: 'slow', expiresInSeconds: 7_000 } });
    expect(tokenIn(await slow)).to.equal('quick');
    expect(tokenIn(await first.current())).to.equal('quick');
  });

  it('are made anew by force once, when the same one is given and refused again', async () => {
    const { platform, all, first } = sharing(10);
    const old = tokenIn(await first.current());
    platform.confuse();
    expect(tokenIn(await first.instead(old))).to.equal(old);
    const got = await Promise.all(all.map((it) => it.instead(old, true)));
    expect(new Set(got.map(tokenIn)).size).to.equal(1);
    expect(platform.faultOf(tokenIn(got[0] ?? { kind: 'unreachable' }))).to.equal(undefined);
    expect(platform.forced).to.equal(1);
  });

  it('are each process its own while the memory is away, fetched once by it', async () => {
    clock = new FakeClock();
    const away = () => Promise.reject(new Error('away'));
    const memory: SharedMemory = { put: away, take: away, hit: away, read: away, swap: away };
    const { platform, first } = processes(1, () => memory, clock);
    const got = await Promise.all(Array.from({ length: 20 }, () => first.current()));
    expect(new Set(got.map(tokenIn)).size).to.equal(1);
    expect(platform.calls).to.equal(1);
    await first.current();
    expect(platform.calls).to.equal(1);
    platform.expire();
    const fresh = tokenIn(await first.instead(tokenIn(got[0] ?? { kind: 'unreachable' })));
    expect(platform.faultOf(fresh)).to.equal(undefined);
  });

  it('are read from a memory that holds something else as none', async () => {
    clock = new FakeClock();
    const memory = createEmbeddedMemory(clock);
    await memory.swap('token:wechat:wx1', undefined, { value: '{"token":7}', ttlSeconds: 600 });
    const { platform, first } = processes(1, () => memory, clock);
    expect(tokenIn(await first.current())).to.match(/^tok-1/);
    expect(platform.calls).to.equal(1);
  });

  describe('of ten processes on Redis', function () {
    this.timeout(60_000);
    let server: RedisServer;
    before(async () => {
      server = await startRedis();
    });
    after(() => server.stop());

    it('that see an expired one at once are renewed by one call', async () => {
      const place = parseRedisUrl(server.url);
      if (!place) throw new Error('no address');
      const settings = redisSettings(place, {});
      const connections = await Promise.all(
        Array.from({ length: 10 }, () => openConnection({ settings, log: silent, purpose: 'test' })),
      );
      clock = new FakeClock();
      const memories = connections.map((connection) => createRedisMemory({ connection }));
      const memoryOf = (n: number) => memories[n] as SharedMemory;
      const { platform, all, first } = processes(10, memoryOf, clock);
      for (let round = 1; round <= 5; round++) {
        const old = tokenIn(await first.current());
        platform.expire();
        const got = await Promise.all(all.map((it) => it.instead(old)));
        expect(new Set(got.map(tokenIn)).size).to.equal(1);
        expect(platform.calls).to.equal(1 + round);
      }
      await Promise.all(connections.map((connection) => connection.close()));
    });
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { startTrial, type Trial } from './trial.ts';

const ROUNDS = 2;
const LOAD_MS = 3_000;
/** Longer than a call waits for Redis, so that requests are refused, too. */
const AWAY_MS = 5_000;

describe('two processes whose Redis is killed and started again', function () {
  this.timeout(240_000);
  let redis: RedisServer;
  let trial: Trial;

  before(async () => {
    redis = await startRedis();
    trial = await startTrial({ env: { REDIS_URL: redis.url } });
  });
  after(async () => {
    await trial?.stop();
    await redis?.stop();
  });

  it('lose nothing that they have acknowledged and go on by themselves', async () => {
    const crowd = trial.letIn();
    for (let round = 0; round < ROUNDS; round++) {
      await pause(LOAD_MS);
      for (const which of [0, 1] as const) trial.pair.out(which);
      await redis.signal('SIGKILL');
      // Once at once, as a supervisor would; then later.
      if (round > 0) await pause(AWAY_MS);
      await redis.restart();
    }
    await pause(LOAD_MS);
    const counts = await trial.conclude('Redis killed', crowd, { kills: ROUNDS });
    expect(counts.takenOver).to.be.greaterThan(0);
  });
});

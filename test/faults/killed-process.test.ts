import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { other, type Which } from './pair.ts';
import { startTrial, type Trial } from './trial.ts';

/** Less for a quick look. */
const SECONDS = Number(process.env.FAULT_SECONDS ?? 60);
const BETWEEN_KILLS_MS = 2_000;

describe('two processes of which one is killed every other second', function () {
  this.timeout(300_000);
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

  it(`answer every acknowledged message once, for ${SECONDS} s`, async () => {
    const crowd = trial.letIn();
    const until = performance.now() + SECONDS * 1000;
    let kills = 0;
    await pause(BETWEEN_KILLS_MS);
    for (let victim: Which = 0; performance.now() < until; victim = other(victim)) {
      // The other one only when this one is back: otherwise nobody would be there for seconds.
      await Promise.all([trial.pair.crash(victim), pause(BETWEEN_KILLS_MS)]);
      kills += 1;
    }
    const counts = await trial.conclude('process killed', crowd, { kills });
    expect(counts.takenOver).to.be.greaterThan(0);
  });
});

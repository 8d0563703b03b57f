import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { startTrial, type Trial } from './trial.ts';

const LOAD_MS = 5_000;
const MINUTES = 60_000;
const PRELOAD = pathToFileURL(fromRoot('test', 'faults', 'skewed-clock.mjs')).href;

for (const [name, offsetMs] of [
  ['5 minutes ahead', 5 * MINUTES],
  ['5 minutes behind', -5 * MINUTES],
] as const) {
  describe(`two processes, the clock of one ${name}`, function () {
    this.timeout(180_000);
    let redis: RedisServer;
    let trial: Trial;

    before(async () => {
      redis = await startRedis();
      const skewed = { NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_OFFSET_MS: String(offsetMs) };
      trial = await startTrial({ env: { REDIS_URL: redis.url }, own: { 0: skewed } });
    });
    after(async () => {
      await trial?.stop();
      await redis?.stop();
    });

    it('answer every message once, and each other’s when one is killed', async () => {
      const crowd = trial.letIn();
      await pause(LOAD_MS);
      for (const which of [0, 1] as const) {
        await trial.pair.crash(which);
        await pause(LOAD_MS);
      }
      const counts = await trial.conclude(`clock ${name}`, crowd, { kills: 2 });
      expect(counts.takenOver).to.be.greaterThan(0);
    });

    it('take stream tickets from each other', async () => {
      const crowd = trial.letIn(2);
      await crowd.finish();
      expect(crowd.conversations.flatMap(({ reader }) => reader.ends)).to.deep.equal([]);
    });
  });
}

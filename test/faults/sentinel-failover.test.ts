import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { eventually } from '../support/eventually.ts';
import { type RedisSentinel, startSentinel } from '../support/redis.ts';
import { startTrial, type Trial } from './trial.ts';

const LOAD_MS = 3_000;
const CHOSEN_MS = 60_000;

describe('two processes whose Redis master is killed under Sentinel', function () {
  this.timeout(240_000);
  let redis: RedisSentinel;
  let trial: Trial;

  before(async () => {
    redis = await startSentinel();
    trial = await startTrial({ env: { REDIS_URL: redis.url } });
  });
  after(async () => {
    await trial?.stop();
    await redis?.stop();
  });

  /** Kills the master, waits for another and brings the old one back as its replica. */
  async function failOver(): Promise<void> {
    const old = await redis.master();
    for (const which of [0, 1] as const) trial.pair.out(which);
    await old.signal('SIGKILL');
    await eventually(async () => expect((await redis.master()).port).to.not.equal(old.port), CHOSEN_MS);
    await pause(LOAD_MS);
    await old.restart();
    await eventually(async () => {
      const info = await (await redis.master()).ask('INFO', 'replication');
      expect(String(info).match(/state=online/g)).to.have.length(2);
    }, CHOSEN_MS);
  }

  it('go on with the new master and have lost nothing that they have acknowledged', async () => {
    const crowd = trial.letIn();
    await pause(LOAD_MS);
    await failOver();
    await pause(LOAD_MS);
    const counts = await trial.conclude('Sentinel failover', crowd, { failover: 1 });
    expect(counts.takenOver).to.be.greaterThan(0);
  });
});

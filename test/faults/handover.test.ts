import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { startTrial, type Trial } from './trial.ts';

const LOAD_MS = 3_000;
const GOING_AWAY = 1001;
/** Well above what a busy machine needs, and no more than the lease of a process that simply died. */
const LONGEST_WAIT_MS = 15_000;

describe('two processes of which one is told to stop under load', function () {
  this.timeout(180_000);
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

  it('hand over: the other answers everything, clients are told to come back, nobody waits long', async () => {
    const crowd = trial.letIn();
    const codes: (number | null)[] = [];
    for (const which of [0, 1] as const) {
      await pause(LOAD_MS);
      trial.pair.out(which);
      const stopped = trial.pair.processes[which];
      codes.push(await stopped.kill('SIGTERM'));
      if (codes.at(-1) !== 0) console.log(stopped.output().slice(-4000));
      await trial.pair.processes[which].revive();
    }
    const counts = await trial.conclude('process told to stop', crowd, { stops: codes.length });
    expect(codes).to.deep.equal([0, 0]);
    const ends = crowd.conversations.flatMap(({ reader }) => reader.ends);
    expect(ends.filter((code) => code === GOING_AWAY)).to.not.deep.equal([]);
    expect(counts.longestUntilSeenMs).to.be.lessThan(LONGEST_WAIT_MS);
  });
});

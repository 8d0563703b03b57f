import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { eventually } from '../support/eventually.ts';
import { type RedisCluster, startCluster } from '../support/redis.ts';
import { startTrial, type Trial } from './trial.ts';

/** One third of the conversations is on its master. */
const SLOT = 1_000;
const LOAD_MS = 3_000;
const CHOSEN_MS = 60_000;

describe('two processes on a Redis Cluster of which a master is killed', function () {
  this.timeout(240_000);
  let redis: RedisCluster;
  let trial: Trial;

  before(async function startAll() {
    redis = await startCluster();
    trial = await startTrial({ env: { REDIS_CLUSTER_NODES: redis.nodes } });
  });
  after(async () => {
    await trial?.stop();
    await redis?.stop();
  });

  /** Kills a slot's master, waits for its replica to take over and brings the old one back as replica. */
  async function failOver(slot: number): Promise<void> {
    const old = await redis.masterOf(slot);
    for (const which of [0, 1] as const) trial.pair.out(which);
    await old.signal('SIGKILL');
    const replacement = () => redis.masterOf(slot);
    await eventually(async () => expect((await replacement()).port).to.not.equal(old.port), CHOSEN_MS);
    await pause(LOAD_MS);
    await old.restart();
    await eventually(async () => {
      const info = await (await replacement()).ask('INFO', 'replication');
      expect(String(info).match(/state=online/g)).to.have.length(1);
    }, CHOSEN_MS);
  }

  it('go on with its replica and have lost nothing that they have acknowledged', async () => {
    const crowd = trial.letIn();
    await pause(LOAD_MS);
    await failOver(SLOT);
    await pause(LOAD_MS);
    const counts = await trial.conclude('Cluster failover', crowd, { failover: 1 });
    expect(counts.takenOver).to.be.greaterThan(0);
  });
});

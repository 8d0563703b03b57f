import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type Network, type RedisServer, startNetwork, startRedis } from '../support/redis.ts';
import { type HoldingNetwork, startHoldingNetwork } from './holding-network.ts';
import { startTrial, type Trial } from './trial.ts';

const LOAD_MS = 3_000;
/** Longer than a lease (10 s) and the round in which the other looks for what was left (5 s). */
const CUT_OFF_MS = 16_000;

describe('two processes of which one is cut off from Redis for longer than a lease', function () {
  this.timeout(240_000);
  let redis: RedisServer;
  let refusing: Network;
  let holding: HoldingNetwork;
  let trial: Trial;

  before(async () => {
    redis = await startRedis();
    refusing = await startNetwork(redis.url);
    // One behind the other: the first breaks connections, the second delivers late.
    holding = await startHoldingNetwork(refusing.url);
    trial = await startTrial({
      env: { REDIS_URL: redis.url },
      own: { 0: { REDIS_URL: holding.url } },
    });
  });
  after(async () => {
    await trial?.stop();
    await holding?.close();
    await refusing?.close();
    await redis?.stop();
  });

  async function cutOff(kind: string, strike: () => void, mend: () => void): Promise<void> {
    const crowd = trial.letIn();
    await pause(LOAD_MS);
    trial.pair.out(0);
    strike();
    await pause(CUT_OFF_MS);
    mend();
    await pause(LOAD_MS);
    const counts = await trial.conclude(kind, crowd, { 'seconds cut off': CUT_OFF_MS / 1000 });
    expect(counts.takenOver).to.be.greaterThan(0);
  }

  it('answer every message once when connections are refused', () =>
    cutOff(
      'refused',
      () => refusing.cut(),
      () => refusing.mend(),
    ));

  it('answer every message once when what the one has sent arrives after the other has taken over', () =>
    cutOff(
      'delivered late',
      () => holding.hold(),
      () => holding.release(),
    ));
});

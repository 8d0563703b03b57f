import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { fromRoot } from '../../src/root.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import type { Pair } from './pair.ts';
import { startTrial, type Trial } from './trial.ts';

const LOAD_MS = 3_000;
const MINUTES = 60_000;
const PRELOAD = pathToFileURL(fromRoot('test', 'faults', 'skewed-clock.mjs')).href;

/** What the first process takes for the time, in epoch ms: when it says that a token was issued. */
async function timeAt({ processes, secret }: Pair): Promise<number> {
  const response = await fetch(`${processes[0].url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
  });
  const { token } = (await response.json()) as { token: string };
  return (decodeJwt(token).iat ?? 0) * 1000;
}

describe('two processes, the clock of one wrong', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'unbind-clock-'));
  const file = join(folder, 'offset');
  let redis: RedisServer;
  let trial: Trial;

  before(async () => {
    writeFileSync(file, '0');
    redis = await startRedis();
    const own = { 0: { NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_OFFSET_FILE: file } };
    trial = await startTrial({ env: { REDIS_URL: redis.url }, own });
  });
  after(async () => {
    await trial?.stop();
    await redis?.stop();
    rmSync(folder, { recursive: true });
  });

  for (const [name, offsetMs] of [
    ['5 minutes ahead', 5 * MINUTES],
    ['5 minutes behind', -5 * MINUTES],
  ] as const) {
    describe(name, () => {
      it('answer every message once, and each other’s when one is killed', async () => {
        const crowd = trial.letIn();
        await pause(LOAD_MS);
        writeFileSync(file, String(offsetMs));
        await trial.pair.crash(0);
        expect((await timeAt(trial.pair)) - Date.now()).to.be.closeTo(offsetMs, MINUTES);
        await pause(LOAD_MS);
        await trial.pair.crash(1);
        await pause(LOAD_MS);
        const counts = await trial.conclude(`clock ${name}`, crowd, { kills: 2 });
        expect(counts.takenOver).to.be.greaterThan(0);
      });

      it('take stream tickets from each other', async () => {
        const crowd = trial.letIn(2);
        await trial.conclude(`tickets, clock ${name}`, crowd);
        expect(crowd.conversations.flatMap(({ reader }) => reader.ends)).to.deep.equal([]);
      });
    });
  }
});

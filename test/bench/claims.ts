import { setTimeout as pause } from 'node:timers/promises';
import {
  customerComes,
  type Engine,
  type Hired,
  hire,
  onOffers,
  replay,
  startEngine,
} from '../support/crowd.ts';
import { startPostgres } from '../support/postgres.ts';
import { type Figure, percentile } from './figure.ts';

const ENGINES = 3;
const AGENTS = 160;
const SECONDS = 60;
const PER_SECOND = 20;
/** Half see the same chat a moment after the one it is offered to, and want it too. */
const LATE_MS = 5;
/** How long a talk lasts; short, so that agents come back for more. */
const TALK_MS = 2_000;
const LONGEST_WAIT_MS = 120_000;

/** Customers come for a minute, agents take, grasp at, answer and close; some go home in the middle of a talk. */
export async function bench(): Promise<Figure[]> {
  const postgres = await startPostgres();
  const errors: unknown[] = [];
  const engines: Engine[] = [];
  try {
    const url = await postgres.createDatabase();
    for (let n = 0; n < ENGINES; n++) engines.push(await startEngine(url, errors));
    const [first] = engines;
    if (!first) throw new Error('no engine was started');
    const agents = await hire(
      first.database,
      engines.map(({ desk }) => desk),
      AGENTS,
    );
    const took: number[] = [];
    let [refused, wentHome] = [0, 0];
    const working: Promise<void>[] = [];

    async function claim({ desk, actor }: Hired, handoffId: string): Promise<boolean> {
      const begun = performance.now();
      const { kind } = await desk.claim(handoffId, actor);
      took.push(performance.now() - begun);
      if (kind !== 'done') refused++;
      return kind === 'done';
    }
    async function serve(agent: Hired, handoffId: string, n: number): Promise<void> {
      if (!(await claim(agent, handoffId))) return;
      const { desk, actor } = agent;
      await pause(TALK_MS);
      if (n % 97 === 0) {
        wentHome++;
        await desk.setPresence(actor, 'offline');
        await pause(1_000);
        return void (await desk.setPresence(actor, 'online'));
      }
      await desk.replied(handoffId, actor);
      await desk.close(handoffId, actor, { code: 'solved' });
    }
    await onOffers(engines, agents, (agent, handoffId, seq) => {
      working.push(serve(agent, handoffId, seq));
      const rival = agents[(seq * 7) % agents.length];
      if (rival && seq % 2 === 0) {
        working.push(
          pause(LATE_MS).then(async () => {
            if (await claim(rival, handoffId))
              await rival.desk.close(handoffId, rival.actor, { code: 'solved' });
          }),
        );
      }
    });
    await Promise.all(agents.map(({ actor, desk }) => desk.setPresence(actor, 'online')));
    const customers = SECONDS * PER_SECOND;
    const coming: Promise<void>[] = [];
    for (let n = 0; n < customers; n++) {
      coming.push(customerComes(engines, n));
      await pause(1000 / PER_SECOND);
    }
    await Promise.all(coming);
    const giveUp = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const open = (await first.desk.queueSizes()).length + (await first.desk.active()).length;
      if (open === 0 || performance.now() > giveUp) break;
      await pause(200);
    }
    await Promise.all(working);
    const seen = await replay(first.database);
    const lost = customers - seen.states.filter((state) => state === 'closed').length;
    if (errors.length > 0) throw new Error(`${errors.length} rounds failed`);
    const name = `claims, ${AGENTS} agents, ${ENGINES} processes, ${SECONDS} s`;
    return [
      { name: `${name}: customers served`, figure: customers - lost, unit: '' },
      { name: `${name}: claimed twice`, figure: seen.double, unit: '', goal: 0 },
      { name: `${name}: customers lost`, figure: lost, unit: '', goal: 0 },
      { name: `${name}: refused claims`, figure: refused, unit: '' },
      { name: `${name}: went home in a talk`, figure: wentHome, unit: '' },
      { name: `${name}: a claim, p50`, figure: percentile(took, 0.5), unit: 'ms' },
      { name: `${name}: a claim, p99`, figure: percentile(took, 0.99), unit: 'ms' },
    ];
  } finally {
    for (const engine of engines) await engine.stop();
    await postgres.stop();
  }
}

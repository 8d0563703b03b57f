import { append, read, resend, send } from './client-steps.ts';
import { checkConversation } from './invariants.ts';
import { arrive, claim, commit, crash, release, renew } from './process-steps.ts';
import { LONGEST_LEASE_MS, type Schedule, type Step } from './schedule.ts';
import type { Stores } from './stores.ts';
import { answeredIn } from './turn.ts';
import { expectSame, expectThat } from './violation.ts';
import { type Held, type Talk, World } from './world.ts';

/** A sweep that waits for its answer: many schedules share one, since it looks at the whole store. */
export interface SweepRequest {
  now: number;
  process: number;
  olderThanMs: number;
}

/** A schedule under way: asks for sweeps, is told what they found, and throws a Violation. */
export type Play = AsyncGenerator<SweepRequest, void, ReadonlySet<string>>;

/** Sweeps are at full steps of this, so that schedules meet there. */
const SWEEP_GRID_MS = 10_000;
const OLDER_THAN_MS = 5_000;
const DRAIN = { gridMs: 60_000, olderThanMs: 0 };
const ALL = 1_000;

const toGrid = (time: number, gridMs: number) => Math.ceil(time / gridMs) * gridMs;

async function perform(world: World, step: Exclude<Step, { do: 'sweep' }>): Promise<unknown> {
  switch (step.do) {
    case 'send':
      return send(world, step);
    case 'resend':
      return resend(world, step);
    case 'append':
      return append(world, step);
    case 'read':
      return read(world, world.talk(step.conversation), step);
    case 'claim':
      return claim(world, world.talk(step.conversation), step);
    case 'arrive':
      return arrive(world, step);
    case 'crash':
      return crash(world, step);
    case 'wait':
      world.time += step.ms;
      return world.tell(`${step.ms} ms pass`);
    default: {
      const held = world.nthHeld(step.nth);
      if (!held) return undefined;
      if (step.do === 'commit') return commit(world, held, step);
      return step.do === 'renew' ? renew(world, held) : release(world, held);
    }
  }
}

/** Looks for abandoned conversations; what is found has to be what the specification says. */
async function* sweep(
  world: World,
  process: number,
  { gridMs, olderThanMs }: { gridMs: number; olderThanMs: number },
): AsyncGenerator<SweepRequest, Talk[], ReadonlySet<string>> {
  world.time = toGrid(world.time, gridMs);
  const now = world.now(process);
  const ids = yield { now, process, olderThanMs };
  const found = world.talks.filter(({ id }) => ids.has(id));
  const names = found.map(({ name }) => name).join(', ') || 'nothing';
  world.tell(`p${process} sweeps for what is older than ${olderThanMs} ms -> ${names}`);
  for (const talk of world.talks) {
    const verdict = talk.spec.sweep(now, olderThanMs);
    if (verdict !== 'may') expectSame(`sweep finding ${talk.name}`, ids.has(talk.id), verdict === 'must');
  }
  return found;
}

/** One sweep among the steps: of whatever is there or of what is old, by turns. */
function sweepNow(world: World, process: number) {
  const turn = Math.round(toGrid(world.time, SWEEP_GRID_MS) / SWEEP_GRID_MS) % 2;
  return sweep(world, process, { gridMs: SWEEP_GRID_MS, olderThanMs: turn * OLDER_THAN_MS });
}

/** All leases run out; one sweep of a process whose clock is right has to be enough. */
async function* drain(world: World, skewsMs: readonly number[]): Play {
  for (const held of world.held) world.drop(held);
  world.time += LONGEST_LEASE_MS + Math.max(...skewsMs);
  for (const talk of yield* sweep(world, 0, DRAIN)) {
    let held = await claim(world, talk, { process: 0, leaseMs: LONGEST_LEASE_MS, lost: false });
    while (held) held = await commit(world, held);
  }
  for (const { spec, name } of world.talks) {
    expectThat(spec.unanswered === 0, `${spec.unanswered} messages of ${name} are never answered`);
  }
  expectSame('pending in the end', (yield* sweep(world, 0, DRAIN)).length, 0);
}

/** Log and state in the end; the state is seen in the claim of one more message. */
async function checkEnd(world: World, talk: Talk): Promise<void> {
  const { id, spec } = talk;
  talk.watermark = 0;
  const log = await world.call(0, (store) => store.read(id, 0, ALL));
  await read(world, talk, { process: 0, limit: ALL });
  const accepted = [...spec.accepted];
  await send(world, {
    do: 'send',
    conversation: world.talks.indexOf(talk),
    process: 0,
    origin: 'customer',
    keyed: false,
    leaseMs: LONGEST_LEASE_MS,
    lost: false,
  });
  const held: Held | undefined = world.held.find((one) => one.talk === talk);
  checkConversation({ id, accepted, log, answered: held && answeredIn(held.claim.state) });
  if (held) await commit(world, held);
}

async function* play(world: World, { steps, skewsMs }: Schedule): Play {
  for (const { id, name } of world.talks) {
    const info = { id, channel: 'directline', userId: `dl_${name}`, locale: 'zh-CN' };
    await world.call(0, (store) => store.open(info));
  }
  for (const step of steps) {
    if (step.do !== 'sweep') {
      await perform(world, step);
      continue;
    }
    const found = yield* sweepNow(world, step.process);
    for (const talk of step.take ? found : []) await claim(world, talk, { ...step, lost: false });
  }
  yield* drain(world, skewsMs);
  for (const talk of world.talks) await checkEnd(world, talk);
}

/** Begins a schedule at a time on fresh conversations. */
export function begin(schedule: Schedule, stores: Stores, start: number): { world: World; play: Play } {
  const world = new World(schedule, stores, start);
  return { world, play: play(world, schedule) };
}

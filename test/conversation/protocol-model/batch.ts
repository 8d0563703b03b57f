import { begin, type Play, type SweepRequest } from './play.ts';
import { DAY_MS, generate, type Schedule, takesDays } from './schedule.ts';
import type { Stores } from './stores.ts';
import type { World } from './world.ts';

/** A schedule that found something, with what happened in it. */
export interface Failure {
  schedule: Schedule;
  reason: Error;
  steps: string[];
}

interface Under {
  schedule: Schedule;
  world: World;
  play: Play;
  request?: SweepRequest;
}

const BATCH = 750;
/** Every batch begins days after the one before: nothing that it left behind can be of today. */
const BETWEEN_MS = 4 * DAY_MS;
let start = Date.parse('2026-11-23T10:00:00+08:00');

const keyOf = ({ now, olderThanMs }: SweepRequest) => `${now} ${olderThanMs}`;

/** Runs schedules at the same time on one store, each on conversations of its own; sweeps are shared. */
export async function runTogether(schedules: readonly Schedule[], stores: Stores): Promise<Failure[]> {
  start += BETWEEN_MS;
  const failures: Failure[] = [];

  async function goOn(one: Under, found: ReadonlySet<string>): Promise<Under[]> {
    try {
      const { done, value } = await one.play.next(found);
      return done ? [] : [{ ...one, request: value }];
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      failures.push({ schedule: one.schedule, reason, steps: one.world.steps });
      return [];
    }
  }
  async function answer(group: readonly Under[]): Promise<Under[]> {
    const request = group[0]?.request;
    if (!request) throw new Error('nobody asked');
    const { now, process, olderThanMs } = request;
    const ids = await stores.at(now, process, (store) => store.pending(olderThanMs, Number.MAX_SAFE_INTEGER));
    const found = new Set(ids);
    return (await Promise.all(group.map((one) => goOn(one, found)))).flat();
  }

  const all = schedules.map((schedule): Under => ({ schedule, ...begin(schedule, stores, start) }));
  let waiting = (await Promise.all(all.map((one) => goOn(one, new Set())))).flat();
  while (waiting.length > 0) {
    const groups = new Map<string, Under[]>();
    for (const one of waiting) {
      const key = one.request ? keyOf(one.request) : '';
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    waiting = [];
    // One after the other: a sweep of a thousand shards is many commands already.
    for (const group of groups.values()) waiting.push(...(await answer(group)));
  }
  return failures.sort((one, other) => one.schedule.seed - other.schedule.seed);
}

/** Runs the schedules of consecutive seeds until one finds something. */
export async function runSeeds(
  stores: Stores,
  first: number,
  count: number,
): Promise<{ schedules: number; steps: number; failure?: Failure }> {
  let steps = 0;
  for (let done = 0; done < count; done += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, count - done) }, (_, n) => first + done + n);
    const batch = seeds.map(generate);
    steps += batch.reduce((sum, schedule) => sum + schedule.steps.length, 0);
    const alone = (schedule: Schedule) => stores.forgetsTogether && takesDays(schedule);
    const together = batch.filter((schedule) => !alone(schedule));
    const failures = await runTogether(together, stores);
    for (const schedule of batch.filter(alone)) failures.push(...(await runTogether([schedule], stores)));
    const [failure] = failures.sort((one, other) => one.schedule.seed - other.schedule.seed);
    if (failure) return { schedules: failure.schedule.seed - first + 1, steps, failure };
    await stores.clear();
  }
  return { schedules: count, steps };
}

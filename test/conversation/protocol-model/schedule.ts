import { type Random, seeded } from './random.ts';

/**
 * One thing that happens. Each is one atomic step of the store, so interleaving steps covers every way in
 * which processes can get between each other. `nth` picks among what is there at that moment (claims held,
 * messages sent before, commits under way); with nothing there the step does nothing, so that a schedule
 * stays runnable with any of its steps left out.
 */
export type Step =
  /** A client's new message. `lost`: its process dies before it learns whether it got a claim, too. */
  | {
      do: 'send';
      conversation: number;
      process: number;
      origin: 'customer' | 'system';
      keyed: boolean;
      leaseMs?: number;
      lost: boolean;
    }
  /** The same message again, under its key, counted from the newest. */
  | { do: 'resend'; conversation: number; process: number; nth: number; leaseMs?: number }
  | { do: 'claim'; conversation: number; process: number; leaseMs: number; lost: boolean }
  | { do: 'renew'; nth: number }
  /** `times` above 1: the answer to each but the last is lost, and the process tries again. */
  | { do: 'commit'; nth: number; times: number; lost: boolean }
  /** A commit of a process that died or gave up arrives now: once, or once more. */
  | { do: 'arrive'; nth: number }
  | { do: 'release'; nth: number }
  /** Everything that the process held or was doing is forgotten; commits under way may still arrive. */
  | { do: 'crash'; process: number }
  | { do: 'append'; conversation: number; process: number; count: number }
  | { do: 'read'; conversation: number; process: number; limit: number }
  | { do: 'wait'; ms: number }
  /** `take`: what was found is claimed at once; otherwise it was only looked for. */
  | { do: 'sweep'; process: number; leaseMs: number; take: boolean };

export interface Schedule {
  seed: number;
  conversations: number;
  /** How far the clock of each process is off, in ms; that of process 0 is always right. */
  skewsMs: number[];
  steps: Step[];
}

export const LONGEST_LEASE_MS = 30_000;
export const DAY_MS = 24 * 3_600_000;
const LEASES_MS = [2_000, 10_000, 10_000, LONGEST_LEASE_MS];
/** Around the edges of leases. */
const WAITS_MS = [1, 400, 1_999, 2_000, 2_001, 5_000, 9_999, 10_000, 10_001, 12_000, 30_001];
const OFF_MS = [300_000, -300_000, 300_000, -300_000, 30_000, -10_000];

function skews(random: Random): number[] {
  const processes = 2 + random.below(3);
  const anyOff = random.chance(0.35);
  const off = Array.from({ length: processes - 1 }, (_, n) =>
    anyOff && (n === 0 || random.chance(0.3)) ? random.pick(OFF_MS) : 0,
  );
  return [0, ...off];
}

/** How often each kind of step comes, relative to the others. */
const WEIGHTS: Record<Step['do'], number> = {
  send: 22,
  resend: 8,
  claim: 11,
  renew: 4,
  commit: 24,
  arrive: 6,
  release: 3,
  crash: 5,
  append: 4,
  read: 3,
  wait: 12,
  sweep: 4,
};
const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as Step['do']),
);

function stepOf(random: Random, size: { conversations: number; processes: number }): Step {
  const where = () => ({
    conversation: random.below(size.conversations),
    process: random.below(size.processes),
  });
  const lease = () => (random.chance(0.6) ? { leaseMs: random.pick(LEASES_MS) } : {});
  const kind = random.pick(KINDS);
  switch (kind) {
    case 'send': {
      const origin = random.chance(0.9) ? 'customer' : 'system';
      return {
        do: kind,
        ...where(),
        origin,
        keyed: random.chance(0.7),
        ...lease(),
        lost: random.chance(0.15),
      };
    }
    case 'resend':
      return { do: kind, ...where(), nth: random.below(3), ...lease() };
    case 'claim':
      return { do: kind, ...where(), leaseMs: random.pick(LEASES_MS), lost: random.chance(0.1) };
    case 'commit':
      return {
        do: kind,
        nth: random.below(6),
        times: random.pick([1, 1, 1, 1, 2, 3]),
        lost: random.chance(0.2),
      };
    case 'renew':
    case 'arrive':
    case 'release':
      return { do: kind, nth: random.below(6) };
    case 'crash':
      return { do: kind, process: random.below(size.processes) };
    case 'append':
      return { do: kind, ...where(), count: 1 + random.below(3) };
    case 'read':
      return { do: kind, ...where(), limit: random.pick([1, 2, 5, 100]) };
    case 'wait':
      return { do: kind, ms: random.pick(WAITS_MS) };
    case 'sweep':
      return {
        do: kind,
        process: where().process,
        leaseMs: random.pick(LEASES_MS),
        take: random.chance(0.7),
      };
  }
}

/** The schedule of a seed. */
export function generate(seed: number): Schedule {
  const random = seeded(seed);
  const conversations = 1 + random.below(3);
  const skewsMs = skews(random);
  const size = { conversations, processes: skewsMs.length };
  const steps = Array.from({ length: 8 + random.below(35) }, () => stepOf(random, size));
  // Now and then a day passes and dedupe keys are forgotten; then by right clocks, since the embedded store,
  // made for one process, forgets them for all when the first of several clocks says so.
  if (!random.chance(0.02)) return { seed, conversations, skewsMs, steps };
  steps.splice(random.below(steps.length), 0, { do: 'wait', ms: random.pick([DAY_MS - 20_000, DAY_MS]) });
  return { seed, conversations, skewsMs: skewsMs.map(() => 0), steps };
}

/** Whether the schedule lasts so long that dedupe keys are forgotten. */
export function takesDays({ steps }: Schedule): boolean {
  return steps.some((step) => step.do === 'wait' && step.ms > DAY_MS / 2);
}

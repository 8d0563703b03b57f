import { type Failure, runTogether } from './batch.ts';
import type { Schedule } from './schedule.ts';
import type { Stores } from './stores.ts';

const ATTEMPTS = 400;
const PATIENCE_MS = 20_000;

/** Shorter schedules to try: right clocks, fewer conversations, then without ever smaller runs of steps. */
function* shorter(schedule: Schedule): Generator<Schedule> {
  const { steps, skewsMs, conversations } = schedule;
  if (skewsMs.some((skew) => skew !== 0)) yield { ...schedule, skewsMs: skewsMs.map(() => 0) };
  for (let left = 1; left < conversations; left++) {
    const moved = steps.map((step) =>
      'conversation' in step ? { ...step, conversation: Math.min(step.conversation, left - 1) } : step,
    );
    yield { ...schedule, conversations: left, steps: moved };
  }
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < steps.length; at += size) {
      yield { ...schedule, steps: steps.toSpliced(at, size) };
    }
  }
}

/** A short schedule that still finds something, by leaving out what is not needed for it. */
export async function shrink(failure: Failure, stores: Stores): Promise<Failure> {
  const deadline = performance.now() + PATIENCE_MS;
  let best = failure;
  let attempts = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const schedule of shorter(best.schedule)) {
      if (++attempts > ATTEMPTS || performance.now() > deadline) return best;
      const [found] = await runTogether([schedule], stores);
      if (!found) continue;
      best = found;
      improved = true;
      break;
    }
  }
  return best;
}

/** What a person needs to see: the reason, the steps, the clocks, how to run it again. */
export function describeFailure(failure: Failure): string {
  const { schedule, reason, steps } = failure;
  const off = schedule.skewsMs.flatMap((ms, n) => (ms === 0 ? [] : [`clock of p${n} off by ${ms} ms`]));
  const again = `MODEL_SEED=${schedule.seed} npx mocha test/conversation/protocol-model.test.ts`;
  return [`${reason.name}: ${reason.message}`, ...off, ...steps, `again: ${again}`].join('\n');
}

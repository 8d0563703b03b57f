import type { Clock } from '../../domain/clock.ts';
import { createExpiring } from '../../domain/expiring.ts';
import type { Hits, SharedMemory } from '../../domain/shared-memory.ts';

/** At most `max` requests in a window. */
export interface Limit {
  max: number;
  windowSeconds: number;
}

/** Counts requests over all processes. */
export interface SharedCount {
  /** Counts one more; undefined when it is within the limit, otherwise how long the limit lasts. */
  hit(key: string): Promise<{ resetMs: number } | undefined>;
}

/** A report to the shared memory that is under way or about to be. */
interface Report {
  /** Hits it tells of. */
  size: number;
  /** Undefined when the memory is away. */
  answer: Promise<Hits | undefined>;
}

/** What this process knows of one key in the present window. */
interface Tally {
  /** The last shared count, and the own hits since. */
  seen: number;
  /** Own hits that no report has told of yet. */
  untold: number;
  /** The shared count has reached the limit: no more questions in this window. */
  isFull: boolean;
  /** Waits for the one before it; takes all untold hits with it. */
  next: Report | undefined;
  last: Promise<unknown>;
}

/**
 * Up to this part of the limit, by what is known here, nobody waits for the shared count; beyond it each request
 * is counted exactly, over all processes. A burst that reaches several processes at once may get this part through
 * in each.
 */
const UNWATCHED = 1 / 4;
/**
 * Below that, hits are told this part of the limit at a time. Telling of each one made an accepted message a fifth
 * dearer for this process, waiting for the answer a third (measured at 64 in parallel); like this ordinary
 * customers cost nothing. So much may stay untold in each process that a caller hardly uses.
 */
const PORTION = 1 / 10;
/** A memory that is slower than this is away: a limit must not hold up what it protects. */
const PATIENCE_MS = 500;

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, tired]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One limit for all processes that share the memory. While the memory is away, each process goes on by what it
 * counts itself. Per key one report is under way at a time: whatever comes meanwhile goes with the next.
 */
export function createSharedCount(parts: {
  limit: Limit;
  memory: SharedMemory;
  clock: Clock;
  /** Called once per outage. */
  onAway(error: unknown): void;
}): SharedCount {
  const { limit, memory, clock, onAway } = parts;
  const windowMs = limit.windowSeconds * 1000;
  const tallies = createExpiring<Tally>(clock);
  let isAway = false;

  function begin(key: string): Tally {
    const tally = { seen: 0, untold: 0, isFull: false, next: undefined, last: Promise.resolve() };
    tallies.set(key, tally, windowMs);
    return tally;
  }

  function learn(key: string, tally: Tally, hits: Hits): Hits {
    isAway = false;
    tally.seen = hits.count + tally.untold;
    tally.isFull = hits.count >= limit.max;
    // The window may have begun earlier, in another process.
    tallies.set(key, tally, hits.resetMs);
    return hits;
  }

  function report(key: string, tally: Tally): Report {
    const tell = async () => {
      tally.next = undefined;
      made.size = tally.untold;
      tally.untold = 0;
      try {
        return learn(key, tally, await memory.hit(key, made.size, windowMs));
      } catch (error) {
        if (!isAway) onAway(error);
        isAway = true;
        return undefined;
      }
    };
    const made: Report = { size: 0, answer: tally.last.then(tell) };
    tally.last = made.answer;
    return made;
  }

  return {
    async hit(key) {
      const known = tallies.get(key);
      const tally = known?.value ?? begin(key);
      const resetMs = known?.leftMs ?? windowMs;
      if (tally.isFull) return { resetMs };

      tally.seen += 1;
      tally.untold += 1;
      const { seen, untold: place } = tally;
      const isWatched = seen > limit.max * UNWATCHED;
      if (!isWatched && place < limit.max * PORTION) return undefined;
      tally.next ??= report(key, tally);
      if (!isWatched) return undefined;

      const { next } = tally;
      const hits = await inTime(next.answer);
      // Each hit of a report has its own number, so that of two at once one may be the last.
      const number = hits ? hits.count - next.size + place : seen;
      return number > limit.max ? { resetMs: hits?.resetMs ?? resetMs } : undefined;
    },
  };
}

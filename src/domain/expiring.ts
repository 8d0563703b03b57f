import type { Clock } from './clock.ts';

/** A map whose entries go by themselves. */
export interface Expiring<T> {
  get(key: string): { value: T; leftMs: number } | undefined;
  set(key: string, value: T, ttlMs: number): void;
  delete(key: string): void;
}

/** How often what has expired is thrown out: until then it takes up memory, but is not found. */
const TIDY_MS = 10_000;

/** Entries of this process alone. */
export function createExpiring<T>(clock: Clock): Expiring<T> {
  const entries = new Map<string, { value: T; until: number }>();
  let tidiedAt = Number.NEGATIVE_INFINITY;

  function tidy(now: number): void {
    if (now - tidiedAt < TIDY_MS) return;
    tidiedAt = now;
    for (const [key, { until }] of entries) if (until <= now) entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      const leftMs = entry ? entry.until - clock.now().getTime() : 0;
      return entry && leftMs > 0 ? { value: entry.value, leftMs } : undefined;
    },
    set(key, value, ttlMs) {
      const now = clock.now().getTime();
      tidy(now);
      entries.set(key, { value, until: now + ttlMs });
    },
    delete(key) {
      entries.delete(key);
    },
  };
}

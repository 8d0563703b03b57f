import type { Clock } from '../../domain/clock.ts';
import { createExpiring } from '../../domain/expiring.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';

/** The shared memory of an installation that is one process. */
export function createEmbeddedMemory(clock: Clock): SharedMemory {
  const values = createExpiring<string>(clock);
  const kept = createExpiring<string>(clock);
  const counts = createExpiring<number>(clock);

  return {
    async put(key, value, ttlSeconds) {
      values.set(key, value, ttlSeconds * 1000);
    },
    async take(key) {
      const found = values.get(key);
      values.delete(key);
      return found?.value;
    },
    async hit(key, times, windowMs) {
      const present = counts.get(key);
      const count = (present?.value ?? 0) + times;
      const resetMs = present?.leftMs ?? windowMs;
      counts.set(key, count, resetMs);
      return { count, resetMs };
    },
    async read(key) {
      return kept.get(key)?.value;
    },
    async swap(key, present, next) {
      if (kept.get(key)?.value !== present) return false;
      if (next) kept.set(key, next.value, next.ttlSeconds * 1000);
      else kept.delete(key);
      return true;
    },
  };
}

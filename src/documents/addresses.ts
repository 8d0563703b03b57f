import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';

const ADDRESS_SECONDS = 60;

/** Secret addresses for one look each, within a minute; kept as their hashes only. */
export interface Addresses<T> {
  issue(grant: T): Promise<{ token: string; expiresAt: string }>;
  /** What it stands for, for whoever comes first; undefined for one that is used, over or was never there. */
  redeem(token: string): Promise<T | undefined>;
}

/** `prefix` keeps the addresses of different things apart. */
export function createAddresses<T>(parts: {
  memory: SharedMemory;
  clock: Clock;
  prefix: string;
  grant: z.ZodType<T>;
}): Addresses<T> {
  const { memory, clock, prefix } = parts;
  const keyOf = (token: string) => `${prefix}:${createHash('sha256').update(token).digest('hex')}`;
  return {
    async issue(grant) {
      const token = randomBytes(32).toString('base64url');
      await memory.put(keyOf(token), JSON.stringify(grant), ADDRESS_SECONDS);
      return { token, expiresAt: new Date(clock.now().getTime() + ADDRESS_SECONDS * 1000).toISOString() };
    },
    async redeem(token) {
      const kept = await memory.take(keyOf(token));
      return kept === undefined ? undefined : parts.grant.parse(JSON.parse(kept));
    },
  };
}

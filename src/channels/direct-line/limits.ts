import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { Caller } from './auth.ts';
import { Refusal } from './refusal.ts';
import { createSharedCount, type Limit } from './shared-count.ts';
import { refusedText } from './texts.ts';

/** Over all processes that share a memory. */
export interface Limits {
  perUser: Limit;
  /** Many customers may share one address (office, mobile carrier). */
  perAddress: Limit;
}

export const DEFAULT_LIMITS: Limits = {
  perUser: { max: 60, windowSeconds: 60 },
  perAddress: { max: 1200, windowSeconds: 60 },
};

/** Counts the request; throws 429 when the caller is over a limit. */
export type CheckLimits = (request: FastifyRequest, caller: Caller) => Promise<void>;

/**
 * Limits for the routes that call it. Reading activities never does: a stock client that gets a 429 there stops
 * polling for good without a word. Nor do WebSocket upgrades, which have their own single-use ticket.
 */
export function createLimits(parts: {
  limits: Limits;
  memory: SharedMemory;
  clock: Clock;
  log: FastifyBaseLogger;
}): CheckLimits {
  const { limits, log, ...shared } = parts;
  const count = (limit: Limit, of: string) =>
    createSharedCount({
      ...shared,
      limit,
      onAway: (error) => log.warn({ err: error }, `requests per ${of} are counted by each process for now`),
    });
  const perUser = count(limits.perUser, 'user');
  const perAddress = count(limits.perAddress, 'address');

  return async (request, caller) => {
    // The host's backend makes tokens for all its customers from one address.
    if (caller.kind === 'secret') return;
    const found = await Promise.all([
      perAddress.hit(`address:${request.ip}`),
      perUser.hit(`user:${caller.grant.userId}`),
    ]);
    const over = found.find((it) => it !== undefined);
    if (!over) return;
    throw new Refusal(429, 'TooManyRequests', refusedText('tooManyRequests'), {
      retryAfterSeconds: Math.max(1, Math.ceil(over.resetMs / 1000)),
    });
  };
}

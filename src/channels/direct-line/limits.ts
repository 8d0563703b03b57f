import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from './auth.ts';
import { Refusal } from './refusal.ts';
import { refusedText } from './texts.ts';

/** At most `max` requests in a window. */
export interface Limit {
  max: number;
  windowSeconds: number;
}

/** Per process: with n processes behind a balancer a caller may get up to n times as much. */
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
 * Needs `@fastify/rate-limit` registered on the instance.
 */
export function createLimits(app: FastifyInstance, limits: Limits): CheckLimits {
  const users = new WeakMap<FastifyRequest, string>();
  const perUser = app.createRateLimit({
    max: limits.perUser.max,
    timeWindow: limits.perUser.windowSeconds * 1000,
    keyGenerator: (request) => `user:${users.get(request) ?? ''}`,
  });
  const perAddress = app.createRateLimit({
    max: limits.perAddress.max,
    timeWindow: limits.perAddress.windowSeconds * 1000,
    keyGenerator: (request) => `address:${request.ip}`,
  });

  return async (request, caller) => {
    // The host's backend makes tokens for all its customers from one address.
    if (caller.kind === 'secret') return;
    users.set(request, caller.grant.userId);
    for (const check of [perAddress, perUser]) {
      const result = await check(request);
      if (result.isAllowed || !result.isExceeded) continue;
      throw new Refusal(429, 'TooManyRequests', refusedText('tooManyRequests'), {
        retryAfterSeconds: Math.max(1, result.ttlInSeconds),
      });
    }
  };
}

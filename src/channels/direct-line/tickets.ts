import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { signingKeyBytes } from './tokens.ts';

/** The right to open one WebSocket. */
export interface StreamGrant {
  conversationId: string;
  userId: string;
  trustedOrigins?: string[] | undefined;
}

/** Remembers which tickets have been used; shared by all processes when there are several. */
export interface UsedTickets {
  /** True the first time, false ever after. Needs to remember for `ttlSeconds` only. */
  use(ticketId: string, ttlSeconds: number): Promise<boolean>;
}

export interface Tickets {
  issue(grant: StreamGrant): Promise<string>;
  /** The grant, once; undefined when the ticket is forged, too old or used. */
  redeem(ticket: string): Promise<StreamGrant | undefined>;
}

/** Protocol: a streamUrl has to be connected to within a minute. */
export const TICKET_SECONDS = 60;

const claimsSchema = z.object({
  conv: z.string(),
  user: z.string(),
  origins: z.array(z.string()).optional(),
  jti: z.string(),
});

/** Used tickets of one process. */
export function createUsedTickets(clock: Clock): UsedTickets {
  const forgetAt = new Map<string, number>();

  return {
    async use(ticketId, ttlSeconds) {
      const now = clock.now().getTime();
      // In order of insertion, and all live equally long: the old ones are in front.
      for (const [id, at] of forgetAt) {
        if (at > now) break;
        forgetAt.delete(id);
      }
      if (forgetAt.has(ticketId)) return false;
      forgetAt.set(ticketId, now + ttlSeconds * 1000);
      return true;
    },
  };
}

/**
 * Tickets in stream URLs. Single-use and short-lived, because a stock client whose token has expired goes on
 * opening sockets to its last stream URL and would otherwise keep receiving.
 */
export function createTickets(parts: { signingKey: string; clock: Clock; used: UsedTickets }): Tickets {
  const key = signingKeyBytes(parts.signingKey);
  const audience = 'direct-line-stream';

  return {
    async issue(grant) {
      const seconds = Math.floor(parts.clock.now().getTime() / 1000);
      const claims = {
        conv: grant.conversationId,
        user: grant.userId,
        ...(grant.trustedOrigins === undefined ? {} : { origins: grant.trustedOrigins }),
      };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setAudience(audience)
        .setJti(randomUUID())
        .setExpirationTime(seconds + TICKET_SECONDS)
        .sign(key);
    },

    async redeem(ticket) {
      const verified = await jwtVerify(ticket, key, {
        algorithms: ['HS256'],
        audience,
        currentDate: parts.clock.now(),
        requiredClaims: ['exp', 'jti'],
      }).catch(() => undefined);
      const claims = claimsSchema.safeParse(verified?.payload);
      if (!claims.success) return undefined;
      const { conv, user, origins, jti } = claims.data;
      if (!(await parts.used.use(jti, TICKET_SECONDS))) return undefined;
      return { conversationId: conv, userId: user, trustedOrigins: origins };
    },
  };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { DirectLineStore } from './bounded-store.ts';
import { Refusal } from './refusal.ts';
import type { Grant, Tokens } from './tokens.ts';

/** Who sends a request: the host's backend with the secret, or a client with a token. */
export type Caller = { kind: 'secret' } | { kind: 'token'; grant: Grant };

export interface Auth {
  /** Throws 401 without a bearer, 403 `TokenExpired`, `BadToken` or `OriginNotTrusted`. */
  caller(request: FastifyRequest): Promise<Caller>;
  /** The caller's rights in this conversation. Throws 403 when it is another's, 404 when there is none. */
  grantFor(caller: Caller, conversationId: string): Promise<Grant>;
}

/** Throws 403 when the page is none of those the token was made for. */
export function checkOrigin(request: FastifyRequest, trustedOrigins: string[] | undefined): void {
  const { origin } = request.headers;
  if (origin === undefined || trustedOrigins === undefined || trustedOrigins.includes(origin)) return;
  throw new Refusal(403, 'OriginNotTrusted', 'This token may not be used on this site.');
}

/** Checks Direct Line credentials. */
export function createAuth(parts: { secret: string; tokens: Tokens; store: DirectLineStore }): Auth {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const secret = digest(parts.secret);

  return {
    async caller(request) {
      const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer === undefined) {
        throw new Refusal(401, 'Unauthorized', 'An Authorization header with a bearer token is needed.');
      }
      if (timingSafeEqual(digest(bearer), secret)) return { kind: 'secret' };
      const verified = await parts.tokens.verify(bearer);
      if (verified.kind === 'expired') throw new Refusal(403, 'TokenExpired', 'The token has expired.');
      if (verified.kind === 'forged') throw new Refusal(403, 'BadToken', 'The token is not valid.');
      checkOrigin(request, verified.grant.trustedOrigins);
      return { kind: 'token', grant: verified.grant };
    },

    async grantFor(caller, conversationId) {
      if (caller.kind === 'token') {
        if (caller.grant.conversationId === conversationId) return caller.grant;
        throw new Refusal(403, 'BadToken', 'The token is for another conversation.');
      }
      const found = await parts.store.find(conversationId);
      if (!found) throw unknownConversation();
      return { conversationId, userId: found.userId, customerId: found.customerId };
    },
  };
}

/** 404 for a conversation that was never started or is gone. */
export function unknownConversation(): Refusal {
  return new Refusal(404, 'ConversationNotFound', 'There is no such conversation.');
}

import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';

/** What a token lets its bearer do: speak as one user in one conversation. */
export interface Grant {
  conversationId: string;
  userId: string;
  userName?: string | undefined;
  /** The platform's id, vouched for by the host's backend. Signed, so no browser can change it. */
  customerId?: string | undefined;
  /** Origins whose pages may use the token; absent = any. */
  trustedOrigins?: string[] | undefined;
}

export type Verification = { kind: 'valid'; grant: Grant } | { kind: 'expired' } | { kind: 'forged' };

/** A token as clients get it. */
export interface IssuedToken {
  conversationId: string;
  token: string;
  /** Seconds. */
  expires_in: number;
}

export interface Tokens {
  issue(grant: Grant): Promise<IssuedToken>;
  verify(token: string): Promise<Verification>;
}

/** Half an hour is hard-coded in stock clients: they refresh after half of it, whatever we say. */
export const TOKEN_SECONDS = 1800;
/** Stock clients try to refresh until the very end of the half hour; the last try is still on its way then. */
const GRACE_SECONDS = 120;
const MIN_KEY_BYTES = 32;
/** Tokens whose signature is not checked again: a customer sends the same one for half an hour. */
const REMEMBERED = 4096;

const claimsSchema = z.object({
  conv: z.string(),
  user: z.string(),
  name: z.string().optional(),
  customer: z.string().optional(),
  origins: z.array(z.string()).optional(),
  exp: z.number(),
});

/** Bytes of a signing key; throws when it is too short to be safe with HS256. */
export function signingKeyBytes(signingKey: string): Uint8Array {
  const bytes = new TextEncoder().encode(signingKey);
  if (bytes.length < MIN_KEY_BYTES) throw new Error(`the token signing key needs ${MIN_KEY_BYTES} bytes`);
  return bytes;
}

/**
 * Issues and checks Direct Line tokens: JWT (HS256) whose payload has `user`, because stock clients read it there.
 * They are stateless: an old one stays valid until its own end, also after a refresh.
 */
export function createTokens(parts: { signingKey: string; clock: Clock }): Tokens {
  const key = signingKeyBytes(parts.signingKey);
  const audience = 'direct-line';
  const checked = new Map<string, { grant: Grant; expiresAt: number }>();
  const nowSeconds = () => Math.floor(parts.clock.now().getTime() / 1000);

  function remember(token: string, grant: Grant, expiresAt: number): void {
    const [oldest] = checked.keys();
    if (checked.size >= REMEMBERED && oldest !== undefined) checked.delete(oldest);
    checked.set(token, { grant, expiresAt });
  }

  return {
    async issue(grant) {
      const seconds = nowSeconds();
      const claims = {
        conv: grant.conversationId,
        user: grant.userId,
        ...(grant.userName === undefined ? {} : { name: grant.userName }),
        ...(grant.customerId === undefined ? {} : { customer: grant.customerId }),
        ...(grant.trustedOrigins === undefined ? {} : { origins: grant.trustedOrigins }),
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setAudience(audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + TOKEN_SECONDS + GRACE_SECONDS)
        .sign(key);
      return { conversationId: grant.conversationId, token, expires_in: TOKEN_SECONDS };
    },

    async verify(token) {
      const known = checked.get(token);
      if (known && known.expiresAt > nowSeconds()) return { kind: 'valid', grant: known.grant };
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience,
          currentDate: parts.clock.now(),
          requiredClaims: ['exp'],
        });
        const claims = claimsSchema.parse(payload);
        const grant = {
          conversationId: claims.conv,
          userId: claims.user,
          userName: claims.name,
          customerId: claims.customer,
          trustedOrigins: claims.origins,
        };
        remember(token, grant, claims.exp);
        return { kind: 'valid', grant };
      } catch (error) {
        // Checked after the signature, so only a token that once was ours is called expired.
        return error instanceof errors.JWTExpired ? { kind: 'expired' } : { kind: 'forged' };
      }
    },
  };
}

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import type { SharedMemory } from '../domain/shared-memory.ts';

export interface OidcSettings {
  issuer: URL;
  clientId: string;
  clientSecret: string;
}

/** `step-up`: somebody who has logged in shows again who they are. */
export type OidcPurpose = 'login' | 'step-up';

/** What the browser has to be sent to, and what it has to bring back. */
export interface OidcBegun {
  url: URL;
  state: string;
}

export type OidcOutcome =
  | { kind: 'known'; subject: string; purpose: OidcPurpose }
  /** Refused there, too late, or not begun in this browser. */
  | { kind: 'refused' };

/** Logging in at an identity provider: authorization code with PKCE (RFC 9700), state and nonce. */
export interface Oidc {
  begin(redirectUri: string, purpose: OidcPurpose): Promise<OidcBegun>;
  /** `state` is what this browser was given; a state serves once. Throws when the provider cannot be reached. */
  finish(callback: URL, state: string | undefined): Promise<OidcOutcome>;
}

const PENDING_SECONDS = 10 * 60;
const TIMEOUT_SECONDS = 5;
/** How long ago the provider may have asked for the password when a fresh look is needed. */
const FRESH_SECONDS = 60;

const Pending = z.object({
  verifier: z.string(),
  nonce: z.string(),
  purpose: z.enum(['login', 'step-up']),
});

const keyOf = (state: string) => `oidc:${state}`;

/** An answer that the provider or the library refuses; what cannot be reached is thrown on. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return false;
  return code.startsWith('OAUTH_') || 'error' in error;
}

/** The provider is asked for its addresses at the first login, so that the product starts without it. */
export function createOidc(settings: OidcSettings, memory: SharedMemory): Oidc {
  let found: Promise<Configuration> | undefined;

  function provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = settings;
    const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
    found ??= discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: TIMEOUT_SECONDS });
    // Tried again at the next login.
    found.catch(() => {
      found = undefined;
    });
    return found;
  }

  return {
    async begin(redirectUri, purpose) {
      const config = await provider();
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      await memory.put(keyOf(state), JSON.stringify({ verifier, nonce, purpose }), PENDING_SECONDS);
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(purpose === 'step-up' && { prompt: 'login', max_age: '0' }),
      });
      return { url, state };
    },

    async finish(callback, state) {
      if (state === undefined || callback.searchParams.get('state') !== state) return { kind: 'refused' };
      const kept = await memory.take(keyOf(state));
      if (kept === undefined) return { kind: 'refused' };
      const { verifier, nonce, purpose } = Pending.parse(JSON.parse(kept));
      try {
        const tokens = await authorizationCodeGrant(await provider(), callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          ...(purpose === 'step-up' && { maxAge: FRESH_SECONDS }),
        });
        const subject = tokens.claims()?.sub;
        return subject === undefined ? { kind: 'refused' } : { kind: 'known', subject, purpose };
      } catch (error) {
        if (isRefusal(error)) return { kind: 'refused' };
        throw error;
      }
    },
  };
}
